package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.security.Authentication;
import io.embedim.testkit.JsonValues;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A whole server on Redis that speaks im.v2, and clients of it without sockets; everybody is who the query says. */
final class V2Node implements AutoCloseable {

    final RedisBackend redis;
    final ImServer server;
    private final ThreadRuntime runtime = ThreadRuntime.start();
    private boolean killed;

    V2Node(String uri, String prefix, UnaryOperator<RedisBackendBuilder> settings) {
        redis = settings.apply(RedisBackend.builder(uri, runtime).prefix(prefix))
                .open();
        server = ImServer.builder()
                .authenticator(handshake -> CompletableFuture.completedFuture(handshake
                        .queryParameter("user")
                        .<Authentication>map(user -> new Authentication.Accepted(Identity.of(UserId.of(user))))
                        .orElseGet(() -> new Authentication.Refused(401, "no user"))))
                .runtime(runtime)
                .broker(redis.broker())
                .sessionStore(redis.sessions())
                .memberships(redis.memberships())
                .bans(redis.bans())
                .cluster(redis.cluster())
                .v2(V2Settings.inMemory().directory(redis.directory()).watermarks(redis.watermarks()))
                .build();
    }

    /** A client of im.v2 that has been greeted. */
    Client client(String user) {
        Client client = open(user, V2Settings.SUBPROTOCOL);
        client.next("hello");
        return client;
    }

    Client classic(String user) {
        return open(user, "");
    }

    private Client open(String user, String subprotocol) {
        RecordingConnection connection = new RecordingConnection();
        Handshake handshake = Handshake.at("/im")
                .query(Map.of("user", List.of(user), "username", List.of(user)))
                .subprotocol(subprotocol)
                .build();
        return new Client(connection, server.open(connection, handshake));
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
    static final class Client {

        private final RecordingConnection connection;
        private final Inbound inbound;
        private int forgotten;

        Client(RecordingConnection connection, Inbound inbound) {
            this.connection = connection;
            this.inbound = inbound;
        }

        /** Says it in JSON with single quotes. */
        Client send(String frame) {
            inbound.received(frame.replace('\'', '"'), true);
            return this;
        }

        Client say(String address, String id, String content) {
            return send("{'event':'speak'," + address + ",'id':'" + id + "','content':'" + content + "'}");
        }

        /** Says it again as long as it is refused, because the node has no Redis for a moment. */
        void sayUntilTaken(String address, String id, String content) {
            Awaitility.await("ack of " + id)
                    .atMost(ChatNode.PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        say(address, id, content);
                        return all("ack").stream()
                                .anyMatch(ack -> ack.path("id").asString().equals(id));
                    });
        }

        /** Says that it has read up to a message. */
        void read(JsonNode message) {
            send("{'event':'read','conv':'" + message.path("conv").asString() + "','position':" + position(message)
                    + "}");
        }

        /** Asks for all of a conversation, or what is behind a message. */
        JsonNode sync(String address, String from) {
            send("{'event':'sync','conversations':[{" + address + "," + from + "}]}");
            return next("sync");
        }

        /** What of this event came, all of it. */
        List<JsonNode> all(String event) {
            return heard().stream().filter(event(event)).toList();
        }

        /** Waits for so many of this event. */
        List<JsonNode> all(String event, int count) {
            Awaitility.await(count + " of " + event)
                    .atMost(ChatNode.PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() ->
                            assertThat(all(event)).as("heard: %s", heard()).hasSize(count));
            return all(event);
        }

        /** Waits for an event, and forgets it and all that came before. */
        JsonNode next(String event) {
            return next(event, any -> true);
        }

        JsonNode next(String event, Predicate<JsonNode> which) {
            Awaitility.await(event)
                    .atMost(ChatNode.PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(
                            () -> assertThat(heard()).anyMatch(event(event).and(which)));
            int all = connection.frames().size();
            JsonNode found = data(forgotten, all).stream()
                    .filter(event(event).and(which))
                    .findFirst()
                    .orElseThrow();
            forgotten = all;
            return found;
        }

        private static Predicate<JsonNode> event(String name) {
            return data -> data.path("event").asString().equals(name);
        }

        private List<JsonNode> heard() {
            return data(forgotten, connection.frames().size());
        }

        private List<JsonNode> data(int from, int to) {
            List<JsonNode> data = new ArrayList<>();
            for (String text : connection.frames().subList(from, to)) {
                JsonNode read = JsonValues.read(text);
                if (read.isArray()) {
                    read.forEach(one -> data.add(one.path("data")));
                } else {
                    data.add(read.path("data"));
                }
            }
            return data;
        }
    }

    /** Where a message stands, as a client says it; in single quotes. */
    static String position(JsonNode message) {
        return "{'epoch':'" + message.path("epoch").asString() + "','seq':"
                + message.path("seq").asLong() + ",'mid':'"
                + message.path("mid").asString() + "'}";
    }
}
