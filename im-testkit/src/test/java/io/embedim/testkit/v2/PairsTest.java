package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.LogLimits;
import io.embedim.model.GroupId;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Actor;
import io.embedim.security.Decision;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may begin a private conversation, and what does not (docs/protocol-v2.md V-PAIR). */
class PairsTest {

    private static final Limits TWO = Limits.defaults().withNewPairsPerUser(new Rate(2, Duration.ofMinutes(10), 2));
    private static final String LISTED = "{'event':'sync','directory':{'epoch':'','version':0}}";

    private final ManualRuntime runtime = new ManualRuntime();
    private int ids;

    private V2Clients clients(ImServerBuilder builder) {
        return new V2Clients(runtime, builder.v2(V2Settings.inMemory()));
    }

    private List<JsonNode> say(Client client, String to) {
        return client.ask(speak(to, ids++));
    }

    private static String speak(String to, int number) {
        return "{'event':'speak','to_user_id':'" + to + "','id':'" + "P".repeat(20) + number + "','content':'hi'}";
    }

    private static String listed(Client client) {
        return client.ask(LISTED).get(0).path("directory").path("added").toString();
    }

    @Test
    void whoHasBegunAsManyAsAllowedIsToldWhenToBeginTheNext() {
        V2Clients clients = clients(V2Clients.builder().limits(TWO));
        Client ann = clients.v2("ann");
        say(ann, "bob");
        say(ann, "carl");

        JsonNode refused = say(ann, "dave").get(0);

        assertThat(refused.path("for").asString()).isEqualTo("speak");
        assertThat(refused.path("temporary").asBoolean(false)).isTrue();
        assertThat(refused.path("committed").asBoolean(true)).isFalse();
        assertThat(refused.path("retry_after").asInt(0)).isEqualTo(300);
        assertThat(summaries(say(ann, "bob"))).contains("ack 2");
        assertThat(listed(clients.v2("dave"))).isEqualTo("[]");
        assertThat(listed(ann)).contains("carl").doesNotContain("dave");
        runtime.advance(Duration.ofSeconds(299));
        assertThat(summaries(say(ann, "dave"))).containsExactly("error speak");
        runtime.advance(Duration.ofSeconds(1));
        assertThat(summaries(say(ann, "dave"))).contains("ack 1");
        assertThat(summaries(say(ann, "eve"))).containsExactly("error speak");
    }

    @Test
    void theCodeSaysThatItIsTooOften() {
        V2Clients clients = clients(V2Clients.builder().limits(TWO));
        Client ann = clients.v2("ann");
        List.of("bob", "carl").forEach(one -> say(ann, one));
        ann.texts();

        ann.send(speak("dave", 9));

        assertThat(ann.texts())
                .containsExactly("{\"code\":429,\"msg\":\"新建的私聊过多,请稍后重试\",\"data\":{\"event\":\"error\","
                        + "\"for\":\"speak\",\"id\":\"PPPPPPPPPPPPPPPPPPPP9\",\"temporary\":true,\"committed\":false,"
                        + "\"retry_after\":300}}");
        assertThat(clients.server.stats().rejections().entrySet())
                .anyMatch(one -> one.getKey().toString().contains("too_many_pairs") && one.getValue() == 1);
    }

    @Test
    void twoHundredADayIsTheLimitWhereNoneIsSet() {
        Client ann = clients(V2Clients.builder()).v2("ann");

        for (int i = 0; i < 200; i++) {
            assertThat(summaries(say(ann, "u" + i))).contains("ack 1");
        }

        assertThat(say(ann, "one-more").get(0).path("retry_after").asInt(0)).isEqualTo(432);
    }

    @Test
    void answersAndRepetitionsBeginNothing() {
        V2Clients clients =
                clients(V2Clients.builder().limits(TWO.withNewPairsPerUser(new Rate(1, Duration.ofMinutes(10), 1))));
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.ask(speak("bob", 1));

        assertThat(summaries(ann.ask(speak("bob", 1)))).contains("ack 1 dup");
        assertThat(summaries(say(bob, "ann"))).contains("ack 2");
        assertThat(summaries(say(bob, "carl"))).contains("ack 1");
        assertThat(summaries(say(bob, "dave"))).containsExactly("error speak");
    }

    @Test
    void allConnectionsOfAUserOnANodeCountTogether() {
        V2Clients clients = clients(V2Clients.builder().limits(TWO));
        say(clients.v2("ann"), "bob");
        clients.classic("ann").send(classicSpeak("carl"));

        assertThat(summaries(say(clients.v2("ann"), "dave"))).containsExactly("error speak");
    }

    @Test
    void classicClientsAreToldTooAndStayConnected() {
        V2Clients clients = clients(V2Clients.builder().limits(TWO));
        Client ann = clients.classic("ann");
        ann.send(classicSpeak("bob")).send(classicSpeak("carl")).texts();

        assertThat(ann.send(classicSpeak("dave")).texts())
                .containsExactly("{\"code\":429,\"msg\":\"新建的私聊过多,请稍后重试\",\"data\":{\"retry_after\":300}}");
        assertThat(ann.closeCode()).isZero();
        assertThat(listed(clients.v2("dave"))).isEqualTo("[]");
    }

    private static String classicSpeak(String to) {
        return "{'event':'speak','mode':1,'group_id':0,'from_user_id':'ann','from_username':'Ann','to_user_id':'" + to
                + "','content':'hi'}";
    }

    @Test
    void whoIsOnlyClaimedCannotUseUpWhatOthersMayBegin() {
        V2Clients clients = clients(ImServer.builder().trustClaims().limits(TWO));
        Client ann = clients.open("im.v2", Map.of("user_id", List.of("ann")));

        for (String to : List.of("bob", "carl", "dave", "eve")) {
            assertThat(summaries(say(ann, to))).contains("ack 1");
        }
    }

    @Test
    void eachNodeCountsForItselfAndKnowsWhatWasBegunElsewhere() {
        InMemoryBroker log = new InMemoryBroker(runtime, LogLimits.DEFAULT);
        V2Settings settings = V2Settings.inMemory().directory(new InMemoryDirectory(runtime));
        V2Clients one = new V2Clients(
                runtime, V2Clients.builder().limits(TWO).broker(log).v2(settings));
        V2Clients two = new V2Clients(
                runtime,
                V2Clients.builder().limits(TWO).broker(log.nextNode(runtime)).v2(settings));
        Client here = one.v2("ann");
        Client there = two.v2("ann");
        List.of("bob", "carl").forEach(to -> say(here, to));

        assertThat(summaries(say(there, "bob"))).contains("ack 2");
        assertThat(summaries(say(there, "carl"))).contains("ack 2");
        assertThat(summaries(say(there, "dave"))).contains("ack 1");
        assertThat(summaries(say(there, "eve"))).contains("ack 1");
        assertThat(summaries(say(there, "fred"))).containsExactly("error speak");
        assertThat(summaries(say(here, "dave"))).contains("ack 2");
    }

    @Test
    void whatIsNoMessageBeginsNothing() {
        V2Clients clients = clients(V2Clients.builder());
        Client ann = clients.v2("ann");
        String zoe = "'to_user_id':'zoe'";
        String target = ",'id':'" + "P".repeat(20) + "','target':{'seq':1,'mid':'m'},'base_rev':0";

        ann.send("{'event':'sync','conversations':[{" + zoe + ",'last':10}]}")
                .send("{'event':'history'," + zoe + ",'epoch':'e','before':9}")
                .send("{'event':'read'," + zoe + ",'position':{'epoch':'e','seq':1,'mid':'m'}}")
                .send("{'event':'typing'," + zoe + "}")
                .send("{'event':'presence','users':['zoe']}")
                .send("{'event':'edit'," + zoe + target + ",'content':'x'}")
                .send("{'event':'recall'," + zoe + target + "}");

        assertThat(listed(clients.v2("zoe"))).isEqualTo("[]");
        assertThat(listed(ann)).isEqualTo("[]");
    }

    @Test
    void aPairThatThePolicyRefusesIsNotBegun() {
        AccessPolicy nobodySpeaksToZoe = new AccessPolicy() {
            @Override
            public CompletionStage<Decision> join(Actor actor, GroupId group) {
                return Decision.now(true);
            }

            @Override
            public CompletionStage<Decision> speak(Actor actor, GroupId group) {
                return Decision.now(true);
            }

            @Override
            public CompletionStage<Decision> speak(Actor actor, UserId to) {
                return Decision.now(!to.value().equals("zoe"));
            }
        };
        V2Clients clients = clients(V2Clients.builder().accessPolicy(nobodySpeaksToZoe));
        Client ann = clients.v2("ann");

        assertThat(summaries(say(ann, "zoe"))).containsExactly("error speak");

        assertThat(listed(clients.v2("zoe"))).isEqualTo("[]");
        assertThat(listed(ann)).isEqualTo("[]");
    }
}
