package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.V2Settings;
import io.embedim.protocol.ValidationRules;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients of im.v2 hear of each other, and classic ones of them (docs/protocol-v2.md). */
class ConversationTest {

    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String GROUP = "'group_id':'7'";

    private final V2Clients clients = V2Clients.authenticated();

    private static String id(int number) {
        return "A".repeat(20) + number;
    }

    @Test
    void whoSpeaksIsAckedAndWhoIsThereIsToldThatThereIsSomething() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");

        ann.say("'to_user_id':'bob'", ID, "hi");

        assertThat(summaries(ann.heard())).containsExactlyInAnyOrder("ack 1", "changed p:3:ann:bob 1");
        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 1");
    }

    @Test
    void syncBringsWhatWasSaidAndThenWhatIsSaid() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.say("'to_user_id':'bob'", id(1), "one");
        ann.say("'to_user_id':'bob'", id(2), "two");

        List<JsonNode> answer = bob.ask("{'event':'sync','id':'s','conversations':[{'conv':'p:3:ann:bob',"
                + "'position':{'epoch':'','seq':0,'mid':''}}]}");

        assertThat(summaries(answer))
                .containsExactly("sync ok [message 1 ann: one, message 2 ann: two] unread 2", "synced");
        ann.say("'to_user_id':'bob'", id(3), "three");
        assertThat(summaries(bob.heard())).containsExactly("message 3 ann: three");
    }

    @Test
    void allDevicesOfBothHearIt() {
        Client ann = clients.v2("ann");
        Client phone = clients.v2("ann");
        Client bob = clients.v2("bob");
        for (Client one : List.of(ann, phone, bob)) {
            one.send("{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':10}]}")
                    .heard();
        }

        ann.say("'to_user_id':'bob'", ID, "hi");

        assertThat(summaries(ann.heard())).containsExactlyInAnyOrder("ack 1", "message 1 ann: hi");
        assertThat(summaries(phone.heard())).containsExactly("message 1 ann: hi");
        assertThat(summaries(bob.heard())).containsExactly("message 1 ann: hi");
    }

    @Test
    void joinMakesAMemberWhoHearsTheGroup() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");

        assertThat(summaries(ann.ask("{'event':'join'," + GROUP + ",'id':'j'}")))
                .containsExactly("sync ok [member_added 1 ann] unread 0");
        assertThat(summaries(bob.ask("{'event':'join'," + GROUP + ",'id':'j'}")))
                .containsExactly("sync ok [member_added 2 bob] unread 0");
        assertThat(summaries(ann.heard())).containsExactly("member_added 2 bob");
        bob.say(GROUP, ID, "hello");

        assertThat(summaries(ann.heard())).containsExactly("message 3 bob: hello");
        assertThat(summaries(bob.heard())).containsExactlyInAnyOrder("ack 3", "message 3 bob: hello");
    }

    @Test
    void whoIsNoMemberNeitherSpeaksNorReads() {
        Client ann = clients.v2("ann");
        Client eve = clients.v2("eve");
        ann.send("{'event':'join'," + GROUP + "}").say(GROUP, ID, "secret");

        assertThat(summaries(eve.ask("{'event':'speak'," + GROUP + ",'id':'" + ID + "','content':'x'}")))
                .containsExactly("error speak");
        assertThat(summaries(eve.ask("{'event':'sync','conversations':[{" + GROUP + ",'last':10}]}")))
                .containsExactly("sync gone [] unread -1", "synced");
        assertThat(eve.ask("{'event':'history'," + GROUP + ",'epoch':'e','before':9,'limit':5}")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void pairOfOthersDoesNotExist() {
        Client ann = clients.v2("ann");
        Client eve = clients.v2("eve");
        ann.say("'to_user_id':'bob'", ID, "secret");

        assertThat(summaries(eve.ask("{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':10}]}")))
                .containsExactly("sync gone [] unread -1", "synced");
        assertThat(summaries(eve.ask("{'event':'speak','conv':'p:3:ann:bob','id':'" + ID + "','content':'x'}")))
                .containsExactly("error speak");
        ann.say("'to_user_id':'bob'", id(2), "more");
        assertThat(eve.heard()).isEmpty();
    }

    @Test
    void repetitionIsAnsweredAsTheFirstTimeAndHeardOnce() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        bob.send("{'event':'sync','conversations':[{'to_user_id':'ann','last':10}]}")
                .heard();

        ann.say("'to_user_id':'bob'", ID, "hi").heard();
        ann.say("'to_user_id':'bob'", ID, "hi");

        assertThat(summaries(ann.heard())).contains("ack 1 dup");
        assertThat(summaries(bob.heard())).containsExactly("message 1 ann: hi");
        List<JsonNode> other = ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'other'}");
        assertThat(summaries(other)).containsExactly("error speak");
    }

    @Test
    void editsAndRecallsReachEverybodyAndAreServedToWhoComesLater() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        bob.send("{'event':'sync','conversations':[{'to_user_id':'ann','last':10}]}")
                .heard();
        JsonNode ack = ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'helo'}").stream()
                .filter(one -> one.path("event").asString().equals("ack"))
                .findFirst()
                .orElseThrow();
        String target = "'target':{'seq':1,'mid':'" + ack.path("mid").asString() + "'}";

        ann.send("{'event':'edit','to_user_id':'bob','id':'" + id(2) + "'," + target
                + ",'base_rev':0,'content':'hello'}");
        assertThat(summaries(bob.heard())).containsExactly("message 1 ann: helo", "edit 2 of 1: hello");
        assertThat(summaries(bob.ask(
                        "{'event':'recall','to_user_id':'ann','id':'" + id(3) + "'," + target + ",'base_rev':1}")))
                .containsExactly("error recall");
        ann.send("{'event':'recall','to_user_id':'bob','id':'" + id(4) + "'," + target + ",'base_rev':1}");
        assertThat(summaries(bob.heard())).containsExactly("recall 3 of 1");

        Client late = clients.v2("bob");
        List<JsonNode> page = late.ask("{'event':'sync','conversations':[{'to_user_id':'ann','last':10}]}");
        assertThat(summaries(page))
                .containsExactly("sync ok [message 1 ann: -, edit 2 of 1: -, recall 3 of 1] unread 0", "synced");
        assertThat(page.toString()).doesNotContain("hello").doesNotContain("helo");
    }

    @Test
    void classicAndV2SpeakWithEachOther() {
        Client ann = clients.v2("ann");
        Client old = clients.classic("bob");
        old.send("{'event':'join','mode':2,'group_id':7,'from_user_id':'bob','from_username':'Bob','content':'c'}");
        ann.send("{'event':'join'," + GROUP + "}").heard();
        old.texts();

        ann.say(GROUP, ID, "from v2");
        assertThat(old.texts())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("from v2")
                        .contains("\"event\":\"speak\"")
                        .contains("\"from_user_id\":\"ann\"")
                        .doesNotContain("seq"));
        ann.heard();
        old.send("{'event':'speak','mode':2,'group_id':7,'from_user_id':'bob','from_username':'Bob',"
                + "'content':'from classic','mood':'good'}");

        List<JsonNode> heard = ann.heard();
        assertThat(summaries(heard)).containsExactly("message 3 bob: from classic");
        assertThat(heard.get(0).path("ext").path("mood").asString()).isEqualTo("good");
        assertThat(heard.get(0).path("verified").asBoolean(false)).isTrue();
    }

    @Test
    void classicPrivateMessageReachesTheSendersV2DevicesToo() {
        Client ann = clients.v2("ann");
        Client annClassic = clients.classic("ann");
        Client bob = clients.v2("bob");
        ann.send("{'event':'sync','conversations':[{'to_user_id':'bob','last':10}]}")
                .heard();
        bob.send("{'event':'sync','conversations':[{'to_user_id':'ann','last':10}]}")
                .heard();
        annClassic.texts();

        annClassic.send("{'event':'speak','mode':1,'group_id':0,'from_user_id':'ann','from_username':'Ann',"
                + "'to_user_id':'bob','content':'hi'}");

        assertThat(summaries(ann.heard())).containsExactly("message 1 ann: hi");
        assertThat(summaries(bob.heard())).containsExactly("message 1 ann: hi");
        assertThat(annClassic.texts()).isEmpty();
    }

    @Test
    void readMarksAreMovedCountedAndHeardByOwnDevicesAndTheOther() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        Client tablet = clients.v2("bob");
        String sync = "{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':10}]}";
        ann.send(sync).heard();
        ann.say("'to_user_id':'bob'", id(1), "one").say("'to_user_id':'bob'", id(2), "two");
        JsonNode first = ann.heard().stream()
                .filter(one -> one.path("event").asString().equals("message"))
                .findFirst()
                .orElseThrow();
        bob.ask(sync);
        tablet.ask(sync);
        String position = "'position':{'epoch':'" + first.path("epoch").asString() + "','seq':1,'mid':'"
                + first.path("mid").asString() + "'}";

        assertThat(summaries(bob.ask("{'event':'read','id':'r','conv':'p:3:ann:bob'," + position + "}")))
                .containsExactly("read bob 1 1");
        assertThat(summaries(tablet.heard())).containsExactly("read bob 1 1");
        assertThat(summaries(ann.heard())).containsExactly("read bob 1 -1");
        assertThat(summaries(bob.ask("{'event':'read','id':'r','conv':'p:3:ann:bob',"
                        + position.replace("'seq':1", "'seq':9") + "}")))
                .containsExactly("error read");
    }

    @Test
    void leavingEndsWhatIsHeardAndIsHeardByTheOthers() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.send("{'event':'join'," + GROUP + "}");
        bob.send("{'event':'join'," + GROUP + "}").heard();
        ann.heard();

        assertThat(summaries(bob.ask("{'event':'leave'," + GROUP + ",'id':'l'}")))
                .contains("left");
        assertThat(summaries(ann.heard())).containsExactly("member_removed 3 bob");
        ann.say(GROUP, ID, "he is gone");

        assertThat(bob.heard()).isEmpty();
        assertThat(summaries(bob.ask("{'event':'speak'," + GROUP + ",'id':'" + ID + "','content':'x'}")))
                .containsExactly("error speak");
        assertThat(bob.ask("{'event':'sync','conversations':[{" + GROUP + ",'last':10}]}")
                        .toString())
                .doesNotContain("he is gone");
    }

    @Test
    void disconnectLeavesTheMembershipAndResumeIsWithoutGap() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.send("{'event':'join'," + GROUP + "}");
        bob.send("{'event':'join'," + GROUP + "}");
        ann.say(GROUP, id(1), "one");
        JsonNode last = bob.heard().get(1);
        bob.close();
        ann.say(GROUP, id(2), "two").say(GROUP, id(3), "three");

        Client again = clients.v2("bob");
        List<JsonNode> answer = again.ask("{'event':'sync','conversations':[{" + GROUP + ",'position':{'epoch':'"
                + last.path("epoch").asString() + "','seq':" + last.path("seq").asLong() + ",'mid':'"
                + last.path("mid").asString() + "'}}],'directory':{'epoch':'','version':0}}");

        assertThat(summaries(answer))
                .containsExactly("sync ok [message 4 ann: two, message 5 ann: three] unread 3", "synced");
        assertThat(answer.get(1).path("directory").path("added").toString()).contains("g:7");
        ann.say(GROUP, id(4), "four");
        assertThat(summaries(again.heard())).containsExactly("message 6 ann: four");
    }

    @Test
    void positionOfAnotherLogIsReset() {
        Client ann = clients.v2("ann");
        ann.send("{'event':'join'," + GROUP + "}").heard();

        assertThat(summaries(ann.ask("{'event':'sync','conversations':[{" + GROUP
                        + ",'position':{'epoch':'other','seq':1,'mid':'m'}}]}")))
                .containsExactly("sync reset [] unread 0", "synced");
        Client bob = clients.v2("bob");
        bob.send("{'event':'join'," + GROUP + "}");
        assertThat(summaries(ann.heard())).containsExactly("changed g:7 2");
    }

    @Test
    void changesAreToldAtMostOnceASecond() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        for (int i = 0; i < 5; i++) {
            ann.say("'to_user_id':'bob'", id(i), "hi");
        }
        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 1");

        clients.runtime.advance(Duration.ofSeconds(1));

        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 5");
        clients.runtime.advance(Duration.ofSeconds(5));
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void whoHasCaughtUpIsNotToldOfChangesThatItHas() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.say("'to_user_id':'bob'", id(1), "one").say("'to_user_id':'bob'", id(2), "two");
        bob.send("{'event':'sync','conversations':[{'to_user_id':'ann','last':10}]}")
                .heard();

        clients.runtime.advance(Duration.ofSeconds(3));

        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void oneSyncAtATime() {
        Client ann = clients.v2("ann");

        List<JsonNode> answer = ann.ask("[{'event':'sync','id':'1','conversations':[{'to_user_id':'bob','last':1}]},"
                + "{'event':'sync','id':'2','conversations':[]}]");

        assertThat(summaries(answer)).containsExactly("error sync", "sync ok [] unread 0", "synced");
        assertThat(answer.get(0).path("id").asString()).isEqualTo("2");
        assertThat(answer.get(0).path("temporary").asBoolean(false)).isTrue();
    }

    @Test
    void typingIsHeardByOthersWhoAreThere() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.send("{'event':'join'," + GROUP + "}");
        bob.send("{'event':'join'," + GROUP + "}").heard();
        ann.heard();

        ann.send("{'event':'typing'," + GROUP + "}");

        assertThat(summaries(bob.heard())).containsExactly("typing");
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void presenceIsToldOfWhomTheAskerHasSpokenWith() {
        Client ann = clients.v2("ann");
        clients.v2("bob");
        clients.v2("eve");
        ann.say("'to_user_id':'bob'", ID, "hi").heard();

        List<JsonNode> answer = ann.ask("{'event':'presence','id':'p','users':['bob','eve','nobody']}");

        assertThat(answer)
                .singleElement()
                .satisfies(one -> assertThat(one.path("users").toString())
                        .isEqualTo("[{\"user_id\":\"bob\",\"online\":true},{\"user_id\":\"eve\",\"online\":false},"
                                + "{\"user_id\":\"nobody\",\"online\":false}]"));
    }

    @Test
    void membersAreToldToMembers() {
        Client ann = clients.v2("ann");
        Client eve = clients.v2("eve");
        ann.send("{'event':'join'," + GROUP + "}");

        List<JsonNode> answer = ann.ask("{'event':'members','id':'m'," + GROUP + ",'cursor':''}");

        assertThat(answer).singleElement().satisfies(one -> {
            assertThat(one.path("count").asInt(0)).isEqualTo(1);
            assertThat(one.path("members").toString())
                    .isEqualTo("[{\"user_id\":\"ann\",\"role\":\"member\",\"online\":true}]");
        });
        assertThat(summaries(eve.ask("{'event':'members','id':'m'," + GROUP + ",'cursor':''}")))
                .containsExactly("error members");
    }

    @Test
    void tooLongContentIsAnsweredWithTheLimitThatHolds() {
        V2Clients strict = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .validationRules(ValidationRules.defaults().withMaxText(7))
                        .v2(V2Settings.inMemory()));
        Client ann = strict.v2("ann");

        ann.say("'to_user_id':'bob'", ID, "12345678");

        assertThat(ann.texts())
                .singleElement()
                .asString()
                .contains("\"code\":400")
                .contains("支持7个字符");
    }

    @Test
    void severalThingsInOneTextAreDoneInOrder() {
        Client ann = clients.v2("ann");

        List<JsonNode> answer =
                ann.ask("[{'event':'ping','id':'1'},{'event':'nonsense','id':'2'}," + "{'event':'ping','id':'3'}]");

        assertThat(answer.stream().map(one -> one.path("id").asString())).containsExactly("1", "2", "3");
        assertThat(summaries(answer)).containsExactly("pong", "error nonsense", "pong");
    }

    @Test
    void nothingIsLeftOfWhoHasGone() {
        Client ann = clients.v2("ann");
        ann.send("{'event':'join'," + GROUP + "}").say("'to_user_id':'bob'", ID, "hi");
        ann.send("{'event':'sync','conversations':[{'to_user_id':'bob','last':10}]}");

        ann.close();
        clients.runtime.advance(Duration.ofSeconds(5));

        assertThat(clients.server.connections()).isZero();
        assertThat(clients.runtime.pendingTimers()).isLessThan(3);
    }
}
