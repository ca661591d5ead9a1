package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A whole server on Redis, with clients that have no sockets. */
final class ChatNode implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final RedisBackend redis;
    final ImServer server;
    private final ThreadRuntime runtime = ThreadRuntime.start();
    private boolean killed;

    ChatNode(String uri, String prefix, UnaryOperator<RedisBackendBuilder> settings) {
        redis = settings.apply(RedisBackend.builder(uri, runtime).prefix(prefix))
                .open();
        server = ImServer.builder()
                .classicProfile()
                .runtime(runtime)
                .broker(redis.broker())
                .sessionStore(redis.sessions())
                .memberships(redis.memberships())
                .bans(redis.bans())
                .cluster(redis.cluster())
                .build();
    }

    Client client() {
        return new Client(new RecordingConnection());
    }

    static <T> T now(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** As if the process had been killed: no goodbye, to clients or to Redis. */
    void kill() {
        killed = true;
        runtime.close();
        redis.cut();
    }

    @Override
    public void close() {
        if (!killed) {
            server.close();
            redis.close();
        }
    }

    /** One client: what it says, and what it heard. */
    final class Client {

        final RecordingConnection connection;
        final Inbound inbound;

        Client(RecordingConnection connection) {
            this.connection = connection;
            this.inbound = server.open(connection, Handshake.at("/im").build());
        }

        Client join(String user) {
            send("join", 1, 0, user, "\"content\":\"c\"");
            return heardOf("\"code\":0");
        }

        Client joinGroup(String user, int group) {
            send("join", 2, group, user, "\"content\":\"c\"");
            return heardOf("\"code\":0");
        }

        Client speak(String user, int group, String content) {
            return send("speak", 2, group, user, "\"content\":\"" + content + "\"");
        }

        Client speakTo(String user, String to, String content) {
            return send("speak", 1, 0, user, "\"to_user_id\":\"" + to + "\",\"content\":\"" + content + "\"");
        }

        Client send(String event, int mode, int group, String user, String rest) {
            inbound.received(
                    "{\"event\":\"" + event + "\",\"mode\":" + mode + ",\"group_id\":" + group + ",\"from_user_id\":\""
                            + user + "\",\"from_username\":\"" + user + "\"," + rest + "}",
                    true);
            return this;
        }

        /** Waits for a frame with this in it, and forgets it and all before. */
        Client heardOf(String part) {
            Awaitility.await("a frame with " + part)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> count(part) > 0);
            connection.clear();
            return this;
        }

        /** Waits for so many frames with this in it. */
        void hears(int times, String part) {
            Awaitility.await(times + " frames with " + part)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(frames(part)).hasSize(times));
        }

        List<String> frames(String part) {
            return connection.frames().stream()
                    .filter(frame -> frame.contains(part))
                    .toList();
        }

        int count(String part) {
            return frames(part).size();
        }

        int closeCode() {
            return connection.closeReason().map(CloseReason::code).orElse(0);
        }
    }
}
