package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.redis.V2Node.Client;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Three whole servers on one Redis speak im.v2: what one node has changed is seen on the others, live and by those who come later. */
class ThreeV2ServersTest {

    private static final String GROUP = "'group_id':'7'";
    private static final String TO_BOB = "'to_user_id':'bob'";
    private static final String PAIR = "'conv':'p:3:ann:bob'";
    private static final String LAST = "'last':50";

    private static TestRedis server;

    private final String prefix = "t" + UUID.randomUUID();
    private V2Node first;
    private V2Node second;
    private V2Node third;

    @BeforeAll
    static void start() {
        server = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        first = node();
        second = node();
        third = node();
    }

    @AfterEach
    void close() {
        List.of(first, second, third).forEach(V2Node::close);
    }

    private V2Node node() {
        return new V2Node(server.uri(), prefix, builder -> builder.lease(Duration.ofMillis(1_500)));
    }

    private static String id(int number) {
        return "C".repeat(20) + number;
    }

    private static Client joined(V2Node node, String user) {
        Client client = node.client(user);
        client.send("{'event':'join'," + GROUP + "}");
        client.next("sync");
        return client;
    }

    private static List<String> places(List<JsonNode> messages) {
        return messages.stream()
                .map(each -> each.path("seq").asLong() + " " + each.path("mid").asString() + " after "
                        + each.path("prev").asString() + ": "
                        + each.path("content").asString())
                .toList();
    }

    @Test
    void allNodesHearOneLogInOneOrder() {
        Client ann = joined(first, "ann");
        Client bob = joined(second, "bob");
        Client carl = joined(third, "carl");

        for (int i = 0; i < 40; i++) {
            ann.say(GROUP, id(1000 + i), "a" + i);
            bob.say(GROUP, id(2000 + i), "b" + i);
        }

        List<String> heard = places(carl.all("message", 80));
        assertThat(places(ann.all("message", 80))).isEqualTo(heard);
        assertThat(places(bob.all("message", 80))).isEqualTo(heard);
        assertThat(ann.all("ack", 40)).allMatch(ack -> !ack.path("dup").asBoolean(false));
    }

    @Test
    void whatIsReadOnOneNodeIsSeenOnTheOthersAndCounted() {
        Client ann = first.client("ann");
        Client phone = second.client("bob");
        Client laptop = third.client("bob");
        List.of(ann, phone, laptop).forEach(each -> each.sync(PAIR, LAST));
        for (int i = 1; i <= 5; i++) {
            ann.say(TO_BOB, id(i), "m" + i);
        }
        List<JsonNode> messages = phone.all("message", 5);
        laptop.all("message", 5);

        phone.read(messages.get(2));

        assertThat(laptop.next("read").path("unread").asInt()).isEqualTo(2);
        JsonNode seen = ann.next("read");
        assertThat(seen.path("user_id").asString()).isEqualTo("bob");
        assertThat(seen.path("position").path("seq").asLong()).isEqualTo(3);
        JsonNode later = first.client("bob").sync(PAIR, LAST);
        assertThat(later.path("unread").asInt()).as("unread on a third node").isEqualTo(2);
        assertThat(later.path("read").path("seq").asLong()).isEqualTo(3);
        assertThat(later.path("recv").path("seq").asLong()).isEqualTo(3);
    }

    @Test
    void newConversationIsInTheListOnEveryNode() {
        Client ann = first.client("ann");
        Client bob = second.client("bob");
        Client other = third.client("bob");

        ann.say(TO_BOB, id(1), "hello");

        for (Client each : List.of(bob, other)) {
            assertThat(each.next("changed").path("conv").asString()).isEqualTo("p:3:ann:bob");
        }
        JsonNode listed = directory(third.client("bob"), "'epoch':'','version':0");
        assertThat(listed.path("added")).hasSize(1);
        assertThat(listed.path("added").path(0).path("conv").asString()).isEqualTo("p:3:ann:bob");

        joined(first, "bob");
        String cursor = "'epoch':'" + listed.path("epoch").asString() + "','version':"
                + listed.path("version").asLong();
        JsonNode more = directory(second.client("bob"), cursor);
        assertThat(more.path("status").asString()).isEqualTo("ok");
        assertThat(more.path("added")).hasSize(1);
        assertThat(more.path("added").path(0).path("conv").asString()).isEqualTo("g:7");
    }

    private static JsonNode directory(Client client, String cursor) {
        client.send("{'event':'sync','conversations':[],'directory':{" + cursor + "}}");
        return client.next("synced").path("directory");
    }

    @Test
    void whoseNodeDiesGoesOnElsewhereWithoutLossOrRepetition() {
        Client ann = joined(first, "ann");
        Client bob = joined(second, "bob");
        ann.say(GROUP, id(1), "before");
        JsonNode last = bob.next("message");
        bob.say(GROUP, id(2), "said, and not known whether");
        ann.all("message", 2);
        second.kill();
        ann.say(GROUP, id(3), "meanwhile");
        ann.all("message", 3);

        Client again = third.client("bob");
        again.say(GROUP, id(2), "said, and not known whether");
        JsonNode ack = again.next("ack");
        JsonNode missed = again.sync(GROUP, "'position':" + V2Node.position(last));
        ann.say(GROUP, id(4), "after");

        assertThat(ack.path("dup").asBoolean(false)).isTrue();
        assertThat(missed.path("status").asString()).isEqualTo("ok");
        assertThat(missed.path("messages"))
                .extracting(each -> each.path("content").asString())
                .containsExactly("said, and not known whether", "meanwhile");
        JsonNode live = again.next("message");
        assertThat(live.path("content").asString()).isEqualTo("after");
        assertThat(live.path("prev").asString())
                .isEqualTo(missed.path("messages").path(1).path("mid").asString());
    }

    @Test
    void editsRecallsAndTypingCrossNodes() {
        Client ann = joined(first, "ann");
        Client bob = joined(second, "bob");
        ann.say(GROUP, id(1), "wrong");
        ann.say(GROUP, id(2), "secret");
        List<JsonNode> messages = bob.all("message", 2);
        ann.all("message", 2);

        ann.send("{'event':'edit'," + GROUP + ",'target':" + target(messages.get(0)) + ",'base_rev':0,'id':'" + id(3)
                + "','content':'right'}");
        ann.send("{'event':'recall'," + GROUP + ",'target':" + target(messages.get(1)) + ",'base_rev':0,'id':'" + id(4)
                + "'}");
        ann.send("{'event':'typing'," + GROUP + "}");

        assertThat(bob.all("edit", 1).get(0).path("content").asString()).isEqualTo("right");
        bob.all("recall", 1);
        assertThat(bob.all("typing", 1).get(0).path("user_id").asString()).isEqualTo("ann");
        JsonNode read = third.client("bob").sync(GROUP, LAST);
        assertThat(read.toString()).contains("right").doesNotContain("wrong", "secret");
    }

    private static String target(JsonNode message) {
        return "{'seq':" + message.path("seq").asLong() + ",'mid':'"
                + message.path("mid").asString() + "'}";
    }

    @Test
    void bothDialectsHearEachOtherAcrossNodes() {
        Client ann = joined(first, "ann");
        Client classic = second.classic("old");
        classic.send("{'event':'join','mode':2,'group_id':7,'from_user_id':'old','from_username':'old','content':'c'}");
        classic.next("join");

        ann.say(GROUP, id(1), "to classic");
        assertThat(classic.next("speak").toString()).contains("to classic");
        classic.send(
                "{'event':'speak','mode':2,'group_id':7,'from_user_id':'old','from_username':'old','content':'to v2'}");

        assertThat(ann.next("message", each -> each.path("content").asString().equals("to v2"))
                        .path("from_user_id")
                        .asString())
                .isEqualTo("old");
    }
}
