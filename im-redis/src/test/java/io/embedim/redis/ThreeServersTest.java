package io.embedim.redis;

import static io.embedim.redis.ChatNode.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ServerMessage;
import io.embedim.model.GroupId;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three whole servers on one Redis. */
class ThreeServersTest {

    private static final Duration LEASE = Duration.ofMillis(1_500);
    private static final GroupId GROUP = new GroupId("100");

    private static TestRedis server;

    private final String prefix = "t" + UUID.randomUUID();
    private ChatNode first;
    private ChatNode second;
    private ChatNode third;

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
        List.of(first, second, third).forEach(ChatNode::close);
    }

    private ChatNode node() {
        return new ChatNode(server.uri(), prefix, builder -> builder.lease(LEASE));
    }

    @Test
    void whatIsSaidInAGroupIsHeardOnEveryNodeOnceAndInOneOrder() {
        ChatNode.Client anne = first.client().joinGroup("anne", 100);
        ChatNode.Client bert = second.client().joinGroup("bert", 100);
        ChatNode.Client carl = third.client().joinGroup("carl", 100);

        for (int i = 0; i < 50; i++) {
            anne.speak("anne", 100, "a" + i + ".");
            bert.speak("bert", 100, "b" + i + ".");
        }

        List.of(anne, bert, carl).forEach(each -> each.hears(100, "\"event\":\"speak\""));
        assertThat(anne.connection.frames()).isEqualTo(carl.connection.frames());
        assertThat(bert.connection.frames()).isEqualTo(carl.connection.frames());
    }

    @Test
    void privateMessageIsHeardByAllConnectionsOfTheRecipientAndNobodyElse() {
        ChatNode.Client here = first.client().join("anne");
        ChatNode.Client there = second.client().join("anne");
        ChatNode.Client sender = third.client().join("bert");
        ChatNode.Client stranger = third.client().join("carl");

        sender.speakTo("bert", "anne", "one");
        sender.speakTo("bert", "anne", "two");

        here.hears(2, "\"event\":\"speak\"");
        there.hears(2, "\"event\":\"speak\"");
        assertThat(here.frames("one")).hasSize(1);
        assertThat(sender.frames("\"event\":\"speak\""))
                .as("nothing back to the sender")
                .isEmpty();
        assertThat(stranger.frames("\"event\":\"speak\"")).isEmpty();
    }

    @Test
    void secondJoinOfTheSameGroupDeliversOnce() {
        ChatNode.Client anne = first.client().joinGroup("anne", 100).joinGroup("anne", 100);
        ChatNode.Client bert = second.client().joinGroup("bert", 100);

        bert.speak("bert", 100, "hi");

        bert.hears(1, "hi");
        anne.hears(1, "hi");
        bert.speak("bert", 100, "there");
        anne.hears(1, "there");
        assertThat(anne.count("hi")).isEqualTo(1);
    }

    @Test
    void oneConnectionThatFailsDoesNotStarveTheGroup() {
        ChatNode.Client broken = first.client().joinGroup("anne", 100);
        ChatNode.Client whole = first.client().joinGroup("bert", 100);
        ChatNode.Client elsewhere = second.client().joinGroup("carl", 100);
        broken.connection.complete(RecordingConnection.Completion.FAILING);

        for (int i = 0; i < 20; i++) {
            elsewhere.speak("carl", 100, "m" + i + ".");
        }

        whole.hears(20, "\"event\":\"speak\"");
        elsewhere.hears(20, "\"event\":\"speak\"");
    }

    @Test
    void kickAndSendAndBanReachConnectionsElsewhere() {
        ChatNode.Client here = first.client().join("anne");
        ChatNode.Client there = third.client().join("anne");

        assertThat(now(second.server.send(Target.user(new UserId("anne")), ServerMessage.text("hello")))
                        .queued())
                .isEqualTo(2);
        here.hears(1, "hello");
        there.hears(1, "hello");
        assertThat(now(second.server.kick(Target.user(new UserId("anne")))).changed())
                .isEqualTo(2);
        assertThat(here.closeCode()).isEqualTo(4102);
        assertThat(there.closeCode()).isEqualTo(4102);
        assertThat(now(first.server.presence().isOnline(new UserId("anne")))).isFalse();

        now(second.server.ban(new UserId("bert"), Duration.ofHours(1), "spam"));
        ChatNode.Client banned = first.client();
        banned.send("join", 1, 0, "bert", "\"content\":\"c\"").heardOf("\"code\":403");
    }

    @Test
    void groupsAreDissolvedAndAttributesSetOnEveryNode() {
        ChatNode.Client anne = first.client().joinGroup("anne", 100);
        ChatNode.Client bert = second.client().joinGroup("bert", 100);

        assertThat(now(third.server.setAttributes(bert.inbound.id(), Map.of("colour", "red"))))
                .isTrue();
        assertThat(now(first.server.presence().session(bert.inbound.id())))
                .hasValueSatisfying(session -> assertThat(session.attributes()).containsEntry("colour", "red"));
        assertThat(now(third.server.dissolve(GROUP)).changed()).isEqualTo(2);
        anne.hears(1, "\"event\":\"dissolve\"");
        bert.hears(1, "\"event\":\"dissolve\"");
    }

    @Test
    void listingsShowTheSessionsOfAllNodes() {
        first.client().joinGroup("anne", 100);
        second.client().joinGroup("bert", 100);

        assertThat(now(third.server.presence().sessionsIn(GROUP).toList(10)))
                .extracting(Session::node)
                .containsExactlyInAnyOrder(
                        first.redis.cluster().self(), second.redis.cluster().self());
        assertThat(now(third.redis.sessions().counts()).sessions()).isEqualTo(2);
    }

    @Test
    void sessionsOfAKilledNodeGoInTimeAndTheirLeavesAreHeardOnce() {
        ChatNode.Client witness = second.client().joinGroup("witness", 100);
        ChatNode.Client other = third.client().joinGroup("other", 100);
        for (int i = 0; i < 20; i++) {
            first.client().joinGroup("gone" + i, 100);
        }
        witness.connection.clear();
        other.connection.clear();

        first.kill();

        witness.hears(20, "\"event\":\"leave\"");
        other.hears(20, "\"event\":\"leave\"");
        Awaitility.await("nothing is left of it").atMost(ChatNode.PATIENCE).untilAsserted(() -> {
            assertThat(now(second.redis.sessions().counts()).sessions()).isEqualTo(2);
            assertThat(server.ask("ZCARD", prefix + ":{s}:nodes")).isEqualTo("2");
        });
        witness.speak("witness", 100, "end");
        witness.hears(1, "end");
        assertThat(witness.count("\"event\":\"leave\"")).as("once each").isEqualTo(20);
    }

    @Test
    void nodeThatIsClosedProperlyLeavesNothing() {
        ChatNode.Client witness = second.client().joinGroup("witness", 100);
        first.client().joinGroup("anne", 100);

        first.close();

        Awaitility.await().atMost(ChatNode.PATIENCE).untilAsserted(() -> {
            assertThat(now(second.redis.sessions().counts()).sessions()).isEqualTo(1);
            assertThat(server.ask("ZCARD", prefix + ":{s}:nodes")).isEqualTo("2");
        });
        witness.speak("witness", 100, "still here");
        witness.hears(1, "still here");
    }

    @Test
    void nodeThatWasCutOffRegistersAnewUnderAnotherId() {
        ChatNode.Client stays = first.client().joinGroup("anne", 100);
        String before = first.redis.cluster().self().value();

        server.ask("ZREM", prefix + ":{s}:nodes", before);

        Awaitility.await().atMost(ChatNode.PATIENCE).untilAsserted(() -> {
            assertThat(first.redis.cluster().self().value()).isNotEqualTo(before);
            assertThat(now(second.server.presence().session(stays.inbound.id())))
                    .hasValueSatisfying(session -> assertThat(session.node())
                            .isEqualTo(first.redis.cluster().self()));
        });
        assertThat(now(second.server.send(Target.connection(stays.inbound.id()), ServerMessage.text("hello")))
                        .queued())
                .isEqualTo(1);
    }

    @Test
    void nodeWithoutMembersReceivesNothingAndOthersReceiveEachMessageOnce() {
        ChatNode.Client anne = first.client().joinGroup("anne", 100);
        first.client().joinGroup("bert", 100);
        second.client().joinGroup("carl", 100);
        long before = first.redis.received();
        long beforeOfThird = third.redis.received();
        long beforeOfSecond = second.redis.received();

        for (int i = 0; i < 100; i++) {
            anne.speak("anne", 100, "m" + i + ".");
        }
        anne.hears(100, "\"event\":\"speak\"");

        assertThat(first.redis.received() - before)
                .as("messages to a node with two members")
                .isEqualTo(100);
        Awaitility.await()
                .atMost(ChatNode.PATIENCE)
                .untilAsserted(() ->
                        assertThat(second.redis.received() - beforeOfSecond).isEqualTo(100));
        assertThat(third.redis.received() - beforeOfThird)
                .as("messages to a node without members")
                .isZero();
    }

    @Test
    void connectionsThatJustStayCostRedisNothing() {
        long alone = commandsDuringTwoLeases();

        for (int i = 0; i < 300; i++) {
            first.client().join("u" + i);
        }
        long withConnections = commandsDuringTwoLeases();

        assertThat(withConnections).as("commands in the same time").isLessThan(alone + 20);
    }

    private static long commandsDuringTwoLeases() {
        long before = commands();
        long end = System.nanoTime() + LEASE.multipliedBy(2).toNanos();
        Awaitility.await().atMost(ChatNode.PATIENCE).until(() -> System.nanoTime() > end);
        return commands() - before;
    }

    private static long commands() {
        return server.ask("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
