package io.embedim.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a session comes, goes and speaks. What it makes of logs is in {@link SyncTest}. */
class ChatSessionTest {

    @Test
    void syncsDirectoryAndConversationsWhenItIsGreeted() {
        Driven driven = new Driven();
        driven.session.start();
        driven.session.sync(Address.group("7"));

        driven.connect();

        assertThat(driven.sent())
                .containsExactly("{\"event\":\"sync\",\"id\":\"r1\",\"conversations\":[{\"conv\":\"g:7\",\"last\":50}],"
                        + "\"directory\":{\"epoch\":\"\",\"version\":0}}");
    }

    @Test
    void onlyOneSpeakOfAConversationIsOutAtATime() {
        Driven driven = Driven.ready();

        driven.session.speak(Address.group("7"), Content.text("one"));
        driven.session.speak(Address.group("7"), Content.text("two"));
        driven.session.speak(Address.user("bob"), Content.text("three"));

        assertThat(String.join("", driven.sent())).contains("one", "three").doesNotContain("two");
    }

    @Test
    void theNextIsSentWhenTheOneBeforeItIsAnswered() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));
        driven.session.speak(Address.group("7"), Content.text("two"));

        driven.tell("{'event':'ack','id':'" + id + "','conv':'g:7','epoch':'e1','seq':1,'mid':'m1'}");

        assertThat(driven.lastSent()).contains("\"content\":\"two\"");
        assertThat(driven.events()).contains(new ChatEvent.Acked(id, "g:7", new Position("e1", 1, "m1"), false));
    }

    @Test
    void whatIsNotAnsweredIsSentAgainUnderItsId() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));
        String first = driven.lastSent();
        driven.clear();

        driven.pass(10_000);

        assertThat(id).hasSize(22).matches("[A-Za-z0-9_-]+");
        assertThat(driven.sent()).containsExactly(first);
    }

    @Test
    void whatIsNotAnsweredIsSentAgainOnTheNextConnection() {
        Driven driven = Driven.ready();
        driven.session.speak(Address.group("7"), Content.text("one"));
        String first = driven.lastSent();
        driven.close(1006);
        driven.clear();
        driven.pass(1_000);

        driven.connect();

        assertThat(String.join("", driven.sent())).contains(first);
    }

    @Test
    void aTemporaryErrorIsTriedAgainWhenTheServerAskedForIt() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));
        driven.receive("{'code':429,'msg':'slow','data':{'event':'error','id':'" + id
                + "','temporary':true,'committed':false,'retry_after':3}}");
        driven.clear();

        driven.pass(2_999);
        assertThat(driven.sent()).isEmpty();
        driven.pass(1_501);

        assertThat(driven.lastSent()).contains(id);
    }

    @Test
    void aFaultOfUnknownOutcomeIsTriedAgain() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));
        driven.receive("{'code':500,'msg':'fault','data':{'event':'error','id':'" + id + "'}}");
        driven.clear();

        driven.pass(2_000);

        assertThat(driven.lastSent()).contains(id);
    }

    @Test
    void aRefusalIsToldAndNotTriedAgain() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));

        driven.receive("{'code':403,'msg':'no','data':{'event':'error','id':'" + id + "','committed':false}}");

        assertThat(driven.events()).contains(new ChatEvent.Nacked(id, 403, "no"));
        assertThat(driven.session.unanswered()).isZero();
    }

    @Test
    void whatTheServerMayHaveForgottenIsOfferedAndNotSent() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));
        driven.close(1006);
        driven.pass(600_000);
        driven.clear();

        driven.connect();

        assertThat(String.join("", driven.sent())).doesNotContain(id);
        assertThat(driven.events()).contains(new ChatEvent.ResendOffered(id, "g:7", Content.text("one"), false));
    }

    @Test
    void anOfferThatIsTakenGoesOutUnderItsId() {
        Driven driven = Driven.ready();
        String id = driven.session.speak(Address.group("7"), Content.text("one"));
        driven.close(1006);
        driven.pass(600_000);
        driven.connect();

        assertThat(driven.session.resend(id)).isTrue();
        assertThat(driven.session.resend(id)).isFalse();

        assertThat(driven.lastSent()).contains(id);
    }

    @Test
    void comesBackAfterCodesBelow4100() {
        Driven driven = Driven.ready();

        driven.close(4001);
        driven.pass(1_000);

        assertThat(driven.wantsConnection()).isTrue();
    }

    @Test
    void waitsAsLongAsTheServerAsked() {
        Driven driven = Driven.ready();

        driven.session.closed(4001, "server going away; retry_after=30");
        driven.pass(29_999);
        assertThat(driven.wantsConnection()).isFalse();
        driven.pass(1_001);

        assertThat(driven.wantsConnection()).isTrue();
    }

    @Test
    void staysAwayAfterCodesFrom4100() {
        Driven driven = Driven.ready();

        driven.close(4104);
        driven.pass(1_000_000);

        assertThat(driven.wantsConnection()).isFalse();
        assertThat(driven.events()).containsExactly(new ChatEvent.Ended(4104));
    }

    @Test
    void pausesGrowWithEachFailureUpToTheirBound() {
        Driven driven = Driven.ready();
        long longest = 0;
        for (int i = 0; i < 50; i++) {
            driven.close(1006);
            ChatEvent.Disconnected told =
                    (ChatEvent.Disconnected) driven.events().get(driven.events().size() - 1);
            longest = Math.max(longest, told.again());
            driven.pass(60_000);
        }

        assertThat(longest).isBetween(30_000L, 60_000L);
    }

    @Test
    void asksAServerThatIsSilentAndGivesItUp() {
        Driven driven = Driven.ready();

        driven.pass(25_000);
        assertThat(driven.lastSent()).contains("\"event\":\"ping\"");
        assertThat(driven.wantsClose()).isFalse();
        driven.pass(10_000);

        assertThat(driven.wantsClose()).isTrue();
    }

    @Test
    void whatGathersGoesOutAsOneArray() {
        Driven driven = new Driven();
        driven.session.start();
        driven.session.speak(Address.group("7"), Content.text("one"));
        driven.session.speak(Address.group("8"), Content.text("two"));

        driven.connect();

        assertThat(driven.sent()).hasSize(1);
        assertThat(Json.objects(driven.lastSent())).hasSize(3);
    }

    @Test
    void arraysOfTheServerAreTakenFrameByFrame() {
        Driven driven = Driven.ready();

        driven.receive("[{'code':0,'msg':'','data':{'event':'typing','conv':'g:7','user_id':'bob'}},"
                + "{'code':0,'msg':'','data':{'event':'typing','conv':'g:8','user_id':'eve'}}]");

        assertThat(driven.events())
                .containsExactly(new ChatEvent.Typing("g:7", "bob"), new ChatEvent.Typing("g:8", "eve"));
    }

    @Test
    void whatIsNoJsonEndsTheConnectionAndNotTheSession() {
        Driven driven = Driven.ready();

        driven.receive("{");

        assertThat(driven.wantsClose()).isTrue();
        driven.pass(2_000);
        assertThat(driven.wantsConnection()).isTrue();
    }

    @Test
    void somebodyElsesHelloEndsTheSession() {
        Driven driven = new Driven();
        driven.session.start();
        driven.session.opened();

        driven.tell("{'event':'hello','user_id':'bob'}");

        assertThat(driven.events()).contains(new ChatEvent.Ended(4100));
    }

    @Test
    void aTicketIsTheFirstFrameAndRenewedBeforeItEnds() {
        Driven driven = new Driven();
        driven.session.proveWith(() -> "secret");
        driven.session.start();
        driven.connect();
        assertThat(driven.sent().get(0)).contains("{\"event\":\"auth\",\"ticket\":\"secret\"}");
        driven.tell("{'event':'auth','user_id':'ann','expires_in':20}");
        driven.clear();

        driven.pass(15_000);

        assertThat(driven.sent()).contains("{\"event\":\"auth\",\"ticket\":\"secret\"}");
    }

    @Test
    void aMarkIsSentUntilItIsConfirmed() {
        Driven driven = Driven.ready();
        driven.message(1, "m1", "", "hi");
        driven.clear();
        driven.session.mark(Watermark.READ, "g:7");
        String mark = driven.lastSent();
        driven.pass(10_000);
        assertThat(driven.sent()).filteredOn(mark::equals).hasSize(2);
        driven.tell(
                "{'event':'read','id':'r2','conv':'g:7','user_id':'ann','position':{'epoch':'e1','seq':1,'mid':'m1'},'unread':0}");
        driven.clear();

        driven.pass(20_000);

        assertThat(driven.sent()).noneMatch(mark::equals);
    }

    @Test
    void membersPresenceAndOlderEntriesAreAnswered() {
        Driven driven = Driven.ready();
        String members = driven.session.members("7", "");
        String presence = driven.session.presence(List.of("bob", "eve"));

        driven.tell("{'event':'members','id':'" + members
                + "','conv':'g:7','count':1,'members':[{'user_id':'bob'}],'cursor':''}");
        driven.tell("{'event':'presence','id':'" + presence
                + "','users':[{'user_id':'bob','online':true},{'user_id':'eve','online':false}]}");

        assertThat(driven.events())
                .containsExactly(
                        new ChatEvent.MembersTold(members, "g:7", 1, List.of("bob"), ""),
                        new ChatEvent.PresenceTold(presence, List.of("bob"), List.of("eve")));
    }
}
