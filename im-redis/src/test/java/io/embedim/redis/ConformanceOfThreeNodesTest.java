package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.protocol.ValidationRules;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.testkit.RecordingConnection;
import io.embedim.testkit.conformance.ConformanceCase;
import io.embedim.testkit.conformance.ConformanceCases;
import io.embedim.testkit.conformance.ConformanceTransport;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three servers on one Redis behave as the original, which was one: the clients of each recorded case are spread over them, each next one to the next server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceOfThreeNodesTest {

    private TestRedis redis;
    private Nodes avatarRequired;
    private Nodes avatarOptional;

    static Stream<ConformanceCase> cases() {
        return ConformanceCases.classic();
    }

    @BeforeAll
    void start() {
        redis = TestRedis.start();
        avatarRequired = new Nodes(redis.uri(), "required", true);
        avatarOptional = new Nodes(redis.uri(), "optional", false);
    }

    @AfterAll
    void stop() {
        avatarRequired.close();
        avatarOptional.close();
        redis.close();
    }

    /** The clients of one case must be gone before the next: it may use their groups. */
    @AfterEach
    void everybodyHasLeft() {
        for (Nodes nodes : List.of(avatarRequired, avatarOptional)) {
            Awaitility.await()
                    .atMost(ChatNode.PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> nodes.sessions() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecorded(ConformanceCase recorded) {
        Nodes nodes = recorded.requireAvatar() ? avatarRequired : avatarOptional;
        nodes.used = 0;

        recorded.replay(nodes);

        long clients = recorded.steps().stream()
                .filter(step -> step.action() == ConformanceCase.Action.OPEN)
                .count();
        assertThat(nodes.used).as("connections on whatever node").isEqualTo((int) clients);
    }

    private record Node(ThreadRuntime runtime, RedisBackend redis, ImServer server) {

        static Node start(String uri, String prefix, boolean requireAvatar) {
            ThreadRuntime runtime = ThreadRuntime.start();
            RedisBackend redis =
                    RedisBackend.builder(uri, runtime).prefix(prefix).open();
            ImServer server = ImServer.builder()
                    .classicProfile()
                    .validationRules(ValidationRules.defaults().withAvatarRequired(requireAvatar))
                    .runtime(runtime)
                    .broker(redis.broker())
                    .sessionStore(redis.sessions())
                    .memberships(redis.memberships())
                    .bans(redis.bans())
                    .cluster(redis.cluster())
                    .build();
            return new Node(runtime, redis, server);
        }
    }

    /** The way to three servers. */
    private static final class Nodes implements ConformanceTransport, AutoCloseable {

        private final List<Node> all;
        private int used;

        Nodes(String uri, String prefix, boolean requireAvatar) {
            all = IntStream.range(0, 3)
                    .mapToObj(i -> Node.start(uri, prefix, requireAvatar))
                    .toList();
        }

        long sessions() {
            return ChatNode.now(all.get(0).redis().sessions().counts()).sessions();
        }

        @Override
        public Client open(Inbox inbox) {
            RecordingConnection connection = new RecordingConnection();
            connection.listen(new RecordingConnection.Listener() {
                @Override
                public void frame(String text) {
                    inbox.received(text);
                }

                @Override
                public void closed(CloseReason reason) {
                    inbox.closed(reason.code());
                }
            });
            ImServer server = all.get(used++ % all.size()).server();
            Inbound inbound = server.open(connection, Handshake.at("/im").build());
            return new Client() {
                @Override
                public void send(String text) {
                    inbound.received(text, true);
                }

                @Override
                public void close() {
                    inbound.closed(CloseReason.NORMAL, null);
                }
            };
        }

        /** What was published before a node's message to itself has come to that node before it. While subscriptions are under way there is no answer. */
        @Override
        public void settle() {
            for (Node node : all) {
                Awaitility.await("a message of a node to itself")
                        .atMost(ChatNode.PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() ->
                                Hearing.failure(node.redis().broker().probe()).isEmpty());
            }
        }

        @Override
        public void close() {
            all.forEach(node -> {
                node.server().close();
                node.redis().close();
            });
        }
    }
}
