package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.InMemoryWatermarks;
import io.embedim.conversation.LogLimits;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.InMemorySessionStore;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients of im.v2 on two nodes hear each other as on one. */
class TwoNodesTest {

    private static final String GROUP = "'group_id':'7'";
    private static final String PAIR = "{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':9}]}";

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryCluster cluster = new InMemoryCluster(runtime, Duration.ofMinutes(10));
    private final InMemoryBroker log = new InMemoryBroker(runtime, LogLimits.DEFAULT);
    private final V2Settings settings =
            V2Settings.inMemory().directory(new InMemoryDirectory(runtime)).watermarks(new InMemoryWatermarks());
    private final InMemorySessionStore sessions = new InMemorySessionStore(runtime::now);
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final V2Clients one = node("one", log);
    private final V2Clients two = node("two", log.nextNode(runtime));

    private V2Clients node(String name, InMemoryBroker broker) {
        ImServerBuilder builder = V2Clients.builder()
                .broker(broker)
                .cluster(cluster.join(new NodeId(name)))
                .sessionStore(sessions)
                .memberships(memberships)
                .v2(settings);
        return new V2Clients(runtime, builder);
    }

    private static String id(int number) {
        return "C".repeat(20) + number;
    }

    @Test
    void oneOrderOnBothNodes() {
        Client ann = one.v2("ann");
        Client bob = two.v2("bob");
        ann.send(PAIR).heard();
        bob.send(PAIR).heard();

        ann.say("'to_user_id':'bob'", id(1), "one");
        bob.say("'to_user_id':'ann'", id(2), "two");

        assertThat(summaries(ann.heard()))
                .containsExactlyInAnyOrder("ack 1", "message 1 ann: one", "message 2 bob: two");
        assertThat(summaries(bob.heard()))
                .containsExactlyInAnyOrder("ack 2", "message 1 ann: one", "message 2 bob: two");
    }

    @Test
    void marksAndTypingCrossNodes() {
        Client ann = one.v2("ann");
        Client bob = two.v2("bob");
        Client phone = one.v2("bob");
        ann.send(PAIR);
        bob.send(PAIR);
        ann.say("'to_user_id':'bob'", id(1), "hi").heard();
        JsonNode message = bob.heard().stream()
                .filter(heard -> heard.path("event").asString().equals("message"))
                .findFirst()
                .orElseThrow();
        phone.heard();

        bob.send("{'event':'typing','conv':'p:3:ann:bob'}");
        bob.send("{'event':'read','conv':'p:3:ann:bob','position':{'epoch':'"
                + message.path("epoch").asString() + "','seq':1,'mid':'"
                + message.path("mid").asString() + "'}}");

        assertThat(summaries(ann.heard())).containsExactly("typing", "read bob 1 -1");
        assertThat(summaries(phone.heard())).containsExactly("read bob 1 0");
    }

    @Test
    void whoIsKickedByOneNodeHearsNothingMoreOnTheOther() {
        Client ann = one.v2("ann");
        Client bob = two.v2("bob");
        ann.send("{'event':'join'," + GROUP + "}");
        bob.send("{'event':'join'," + GROUP + "}").heard();

        one.now(one.server.moderation().kick(GroupId.of("7"), UserId.of("bob")));
        ann.say(GROUP, id(1), "after");

        assertThat(summaries(bob.heard())).containsExactly("member_removed 3 bob");
    }

    @Test
    void whoComesToTheOtherNodeGoesOnWhereItWas() {
        Client ann = one.v2("ann");
        Client bob = two.v2("bob");
        ann.send("{'event':'join'," + GROUP + "}");
        bob.send("{'event':'join'," + GROUP + "}");
        ann.say(GROUP, id(1), "one");
        JsonNode last = bob.heard().get(1);
        bob.close();
        ann.say(GROUP, id(2), "two");

        List<JsonNode> answer = one.v2("bob")
                .ask("{'event':'sync','conversations':[{" + GROUP + ",'position':{'epoch':'"
                        + last.path("epoch").asString() + "','seq':"
                        + last.path("seq").asLong() + ",'mid':'"
                        + last.path("mid").asString() + "'}}]}");

        assertThat(summaries(answer)).containsExactly("sync ok [message 4 ann: two] unread 2", "synced");
    }
}
