package io.embedim.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session makes of pages and live entries: V-SYNC. */
class SyncTest {

    private final Driven driven = Driven.ready();

    private void synced(String status, String rest) {
        driven.session.sync(Address.group("7"));
        answered(status, rest);
    }

    private void answered(String status, String rest) {
        String id = driven.lastSent().replaceFirst(".*\"id\":\"(r\\d+)\".*", "$1");
        driven.tell("{'event':'sync','id':'" + id + "','conv':'g:7','status':'" + status + "'" + rest + "}");
        driven.tell("{'event':'synced','id':'" + id + "'}");
    }

    private static String page(long top, long floor, String floorPrev, String... entries) {
        return ",'top':{'epoch':'e1','seq':" + top + ",'mid':'m" + top + "'},'floor':" + floor + ",'floor_prev':'"
                + floorPrev + "','messages':[" + String.join(",", entries) + "]";
    }

    private List<String> shown() {
        return driven.events().stream()
                .filter(ChatEvent.Shown.class::isInstance)
                .map(event -> ((ChatEvent.Shown) event).entry().content().text())
                .toList();
    }

    @Test
    void liveEntriesThatFollowAreShown() {
        driven.message(1, "m1", "", "one").message(2, "m2", "m1", "two");

        assertThat(shown()).containsExactly("one", "two");
        assertThat(driven.store.position("g:7")).isEqualTo(new Position("e1", 2, "m2"));
    }

    @Test
    void aDuplicateIsIgnored() {
        driven.message(1, "m1", "", "one").message(1, "m1", "", "one");

        assertThat(shown()).containsExactly("one");
        assertThat(driven.sent()).isEmpty();
    }

    @Test
    void aHoleIsSyncedAndNotShown() {
        driven.message(1, "m1", "", "one").message(3, "m3", "m2", "three");

        assertThat(shown()).containsExactly("one");
        assertThat(driven.lastSent()).contains("\"position\":{\"epoch\":\"e1\",\"seq\":1,\"mid\":\"m1\"}");
    }

    @Test
    void countsOfALargeGroupMoveThePosition() {
        driven.message(1, "m1", "", "one").tell(crowd(2, "m1", 40, "m40")).message(41, "m41", "m40", "two");

        assertThat(shown()).containsExactly("one", "two");
        assertThat(driven.sent()).isEmpty();
        assertThat(driven.events()).contains(new ChatEvent.MembersCounted("g:7", 37, 2));
        assertThat(driven.store.position("g:7")).isEqualTo(new Position("e1", 41, "m41"));
    }

    @Test
    void countsThatDoNotFollowAreSynced() {
        for (String wrong : List.of(crowd(3, "m1", 40, "m40"), crowd(2, "other", 40, "m40"))) {
            Driven other = Driven.ready();
            other.message(1, "m1", "", "one").tell(wrong);

            assertThat(other.lastSent()).contains("\"position\":{\"epoch\":\"e1\",\"seq\":1,\"mid\":\"m1\"}");
            assertThat(other.store.position("g:7")).isEqualTo(new Position("e1", 1, "m1"));
            assertThat(other.events()).noneMatch(ChatEvent.MembersCounted.class::isInstance);
        }
    }

    private static String crowd(long first, String prev, long seq, String mid) {
        return "{'event':'members_changed','conv':'g:7','first':" + first + ",'seq':" + seq + ",'mid':'" + mid
                + "','prev':'" + prev + "','epoch':'e1','ts':1,'added':37,'removed':2}";
    }

    @Test
    void anotherPrevIsAForkAndNotShown() {
        driven.message(1, "m1", "", "one").message(2, "m2", "other", "two");

        assertThat(shown()).containsExactly("one");
        assertThat(driven.lastSent()).contains("\"event\":\"sync\"");
    }

    @Test
    void anotherMidAtAStoredPlaceIsAFork() {
        driven.message(1, "m1", "", "one").message(1, "other", "", "one");

        assertThat(driven.lastSent()).contains("\"event\":\"sync\"");
    }

    @Test
    void moreIsAskedForFromTheEndOfThePage() {
        synced("more", page(2, 1, "", Driven.entry(1, "m1", "", "one")));

        assertThat(driven.lastSent()).contains("\"seq\":1,\"mid\":\"m1\"");
        assertThat(driven.session.isLive("g:7")).isFalse();
    }

    @Test
    void okIsLive() {
        synced("ok", page(1, 1, "", Driven.entry(1, "m1", "", "one")));

        assertThat(driven.session.isLive("g:7")).isTrue();
        assertThat(driven.events()).contains(new ChatEvent.Live("g:7"));
    }

    @Test
    void theNewestEntriesBeginAnInterval() {
        synced("ok", page(9, 1, "", Driven.entry(9, "m9", "m8", "nine")));

        assertThat(driven.events()).contains(new ChatEvent.Began("g:7", 9));
        assertThat(driven.store.position("g:7").seq()).isEqualTo(9);
    }

    @Test
    void resetDiscardsAndAsksForTheNewest() {
        driven.message(1, "m1", "", "one");
        synced("reset", page(4, 1, ""));

        assertThat(driven.events()).contains(new ChatEvent.Reset("g:7"));
        assertThat(driven.store.entries("g:7")).isEmpty();
        assertThat(driven.lastSent()).contains("\"last\":100");
    }

    @Test
    void whatComesAgainAfterAResetIsMarked() {
        driven.message(1, "m1", "", "one");
        synced("reset", page(1, 1, ""));

        answered("ok", page(1, 1, "", Driven.entry(1, "m1", "", "one")));

        assertThat(driven.events())
                .filteredOn(ChatEvent.Shown.class::isInstance)
                .hasSize(2)
                .last()
                .satisfies(
                        event -> assertThat(((ChatEvent.Shown) event).again()).isTrue());
    }

    @Test
    void anOwnMessageThatAResetShowsToBeGoneIsOffered() {
        String id = driven.session.speak(Address.group("7"), Content.text("mine"));
        driven.tell("{'event':'ack','id':'" + id + "','conv':'g:7','epoch':'e1','seq':1,'mid':'m1'}");
        answered("reset", page(1, 1, ""));

        answered("ok", page(1, 1, "", Driven.entry(1, "n1", "", "other")));

        assertThat(driven.events()).contains(new ChatEvent.ResendOffered(id, "g:7", Content.text("mine"), true));
    }

    @Test
    void anAnswerThatEndsBelowThePositionIsNotTaken() {
        driven.message(1, "m1", "", "one");
        driven.session.sync(Address.group("7"));
        String id = driven.lastSent().replaceFirst(".*\"id\":\"(r\\d+)\".*", "$1");
        driven.message(2, "m2", "m1", "lost since");
        driven.tell("{'event':'sync','id':'" + id + "','conv':'g:7','status':'ok'" + page(1, 1, "") + "}");

        assertThat(driven.session.isLive("g:7")).isFalse();

        driven.tell("{'event':'synced','id':'" + id + "'}");
        assertThat(driven.lastSent()).contains("\"position\":{\"epoch\":\"e1\",\"seq\":2,\"mid\":\"m2\"}");
    }

    @Test
    void trimmedShowsTheGapAndGoesOnAtTheFloor() {
        driven.message(1, "m1", "", "one");
        synced("trimmed", page(5, 5, "m4", Driven.entry(5, "m5", "m4", "five")));

        assertThat(driven.events()).contains(new ChatEvent.Trimmed("g:7", 2, 4));
        assertThat(shown()).containsExactly("one", "five");
        assertThat(driven.session.isLive("g:7")).isTrue();
    }

    @Test
    void anotherEntryInFrontOfTheFloorThanHasComeMeanwhileIsAFork() {
        driven.message(1, "m1", "", "one");
        driven.session.sync(Address.group("7"));
        String asked = driven.lastSent();
        driven.message(2, "lost", "m1", "lost since");
        String id = asked.replaceFirst(".*\"id\":\"(r\\d+)\".*", "$1");
        driven.tell("{'event':'sync','id':'" + id + "','conv':'g:7','status':'trimmed'"
                + page(3, 3, "m2", Driven.entry(3, "m3", "m2", "three")) + "}");

        assertThat(driven.events()).endsWith(new ChatEvent.Reset("g:7"));
    }

    @Test
    void whatHasComeMeanwhileIsNoGap() {
        driven.message(1, "m1", "", "one");
        driven.session.sync(Address.group("7"));
        String asked = driven.lastSent();
        driven.message(2, "m2", "m1", "two").message(3, "m3", "m2", "three");
        String id = asked.replaceFirst(".*\"id\":\"(r\\d+)\".*", "$1");
        driven.tell("{'event':'sync','id':'" + id + "','conv':'g:7','status':'trimmed'"
                + page(3, 3, "m2", Driven.entry(3, "m3", "m2", "three")) + "}");

        assertThat(driven.events()).noneMatch(ChatEvent.Trimmed.class::isInstance);
        assertThat(driven.store.position("g:7")).isEqualTo(new Position("e1", 3, "m3"));
        assertThat(driven.session.isLive("g:7")).isTrue();
    }

    @Test
    void trimmedWithMoreIsNotLiveYet() {
        driven.message(1, "m1", "", "one");
        synced("trimmed", page(6, 5, "m4", Driven.entry(5, "m5", "m4", "five")) + ",'more':true");

        assertThat(driven.session.isLive("g:7")).isFalse();
        assertThat(driven.lastSent()).contains("\"seq\":5,\"mid\":\"m5\"");
    }

    @Test
    void goneKeepsWhatIsThereAndAsksNoMore() {
        driven.message(1, "m1", "", "one");
        synced("gone", "");
        driven.close(1006);
        driven.clear();
        driven.pass(1_000);
        driven.connect();

        assertThat(driven.store.entries("g:7")).hasSize(1);
        assertThat(driven.sent().get(0)).contains("\"conversations\":[]");
    }

    @Test
    void changedIsSynced() {
        driven.tell("{'event':'changed','conv':'p:3:ann:bob','top':{'epoch':'e1','seq':8,'mid':'m8'}}");

        assertThat(driven.lastSent()).contains("\"conv\":\"p:3:ann:bob\"");
    }

    @Test
    void anAckMovesNoPosition() {
        String id = driven.session.speak(Address.group("7"), Content.text("mine"));

        driven.tell("{'event':'ack','id':'" + id + "','conv':'g:7','epoch':'e1','seq':1,'mid':'m1'}");

        assertThat(driven.store.position("g:7")).isEqualTo(Position.START);
    }

    @Test
    void oneActionAtTwoPlacesIsShownOnce() {
        driven.message(1, "m1", "", "one");
        driven.tell(Driven.entry(2, "m2", "m1", "one").replace("id-m2", "id-m1"));

        assertThat(shown()).containsExactly("one");
        assertThat(driven.store.position("g:7").seq()).isEqualTo(2);
    }

    @Test
    void changesCountByTheHighestRevision() {
        driven.message(1, "m1", "", "one");
        driven.tell(change("edit", 2, 2)).tell(change("edit", 3, 1));

        assertThat(driven.store.at("g:7", 1))
                .get()
                .satisfies(entry -> assertThat(entry.content().text()).isEqualTo("rev 2"));
    }

    @Test
    void whatIsTakenBackHasNoWords() {
        driven.message(1, "m1", "", "one");
        driven.tell(change("recall", 2, 1)).tell(change("edit", 3, 2));

        assertThat(driven.store.at("g:7", 1)).get().satisfies(entry -> {
            assertThat(entry.recalled()).isTrue();
            assertThat(entry.content()).isEqualTo(Content.NONE);
        });
    }

    @Test
    void theWordsOfEditsGoWithTheMessage() {
        driven.message(1, "m1", "", "one");
        driven.tell(change("edit", 2, 1)).tell(change("recall", 3, 2));

        assertThat(driven.store.at("g:7", 2))
                .get()
                .satisfies(entry -> assertThat(entry.content()).isEqualTo(Content.NONE));
    }

    @Test
    void theDirectoryTellsOfConversations() {
        Driven fresh = new Driven();
        fresh.session.start();
        fresh.connect();

        fresh.tell(
                "{'event':'synced','id':'r1','directory':{'status':'more','epoch':'d1','version':9,'added':[{'conv':'g:7','version':9}]}}");

        assertThat(fresh.lastSent()).contains("\"conv\":\"g:7\"", "{\"epoch\":\"d1\",\"version\":9}");
    }

    @Test
    void whoHasLeftElsewhereIsToldThatWhereTheLogDoesNotSaySo() {
        driven.message(1, "m1", "", "one");
        leftElsewhere();
        answered("trimmed", page(5, 6, "m5"));

        assertThat(driven.events()).endsWith(new ChatEvent.Left("g:7"));
    }

    @Test
    void whoHasLeftElsewhereIsNotToldThatTwice() {
        driven.message(1, "m1", "", "one");
        leftElsewhere();
        answered("ok", page(2, 1, "", removed(2)));

        assertThat(driven.events()).doesNotContain(new ChatEvent.Left("g:7"));
    }

    /** What the directory says when somebody asks for it again, after a new connection. */
    private void leftElsewhere() {
        driven.close(1006);
        driven.pass(1_000);
        driven.connect();
        String id = driven.lastSent().replaceFirst(".*\"id\":\"(r\\d+)\".*", "$1");
        driven.tell(
                "{'event':'synced','id':'" + id
                        + "','directory':{'status':'ok','epoch':'d1','version':9,'added':[{'conv':'g:7','version':9,'left':true}]}}");
    }

    @Test
    void aLeaveIsNotSaidAgainBehindALaterJoin() {
        String left = driven.session.leave("7");
        driven.session.join("7");
        assertThat(driven.sent()).isNotEmpty();
        assertThat(driven.events()).contains(new ChatEvent.Nacked(left, 0, "the user has joined again"));
        driven.close(1006);
        driven.clear();
        driven.pass(1_000);
        driven.connect();

        assertThat(driven.sent())
                .anyMatch(frame -> frame.contains("\"join\""))
                .noneMatch(frame -> frame.contains("\"leave\""));
    }

    @Test
    void aJoinIsNotSaidAgainBehindALaterLeave() {
        String joined = driven.session.join("7");
        driven.session.leave("7");
        assertThat(driven.sent()).isNotEmpty();
        assertThat(driven.events()).contains(new ChatEvent.Nacked(joined, 0, "the user has left again"));
        driven.close(1006);
        driven.clear();
        driven.pass(1_000);
        driven.connect();

        assertThat(driven.sent())
                .anyMatch(frame -> frame.contains("\"leave\""))
                .noneMatch(frame -> frame.contains("\"join\""));
    }

    private static String removed(long seq) {
        return "{'event':'member_removed','conv':'g:7','epoch':'e1','seq':" + seq + ",'mid':'m" + seq + "','prev':'m"
                + (seq - 1) + "','ts':1,'from_user_id':'ann','user_id':'ann'}";
    }

    private static String change(String event, long seq, long revision) {
        return "{'event':'" + event + "','conv':'g:7','epoch':'e1','seq':" + seq + ",'mid':'m" + seq + "','prev':'m"
                + (seq - 1) + "','ts':1,'from_user_id':'bob','target':{'seq':1,'mid':'m1'},'rev':" + revision
                + (event.equals("edit") ? ",'type':'text','content':'rev " + revision + "'" : "") + "}";
    }
}
