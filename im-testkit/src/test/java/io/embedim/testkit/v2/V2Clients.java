package io.embedim.testkit.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.testkit.JsonValues;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/** A server that speaks both dialects, its clock, and clients of it. */
final class V2Clients {

    final ManualRuntime runtime;
    final ImServer server;

    V2Clients(ManualRuntime runtime, ImServerBuilder builder) {
        this.runtime = runtime;
        this.server = builder.runtime(runtime).build();
    }

    /** Everybody is who the query says, and nothing is kept but in memory. */
    static V2Clients authenticated() {
        return new V2Clients(new ManualRuntime(), builder().v2(V2Settings.inMemory()));
    }

    static ImServerBuilder builder() {
        return ImServer.builder()
                .authenticator(handshake -> CompletableFuture.completedFuture(handshake
                        .queryParameter("user")
                        .<Authentication>map(user -> new Authentication.Accepted(Identity.of(UserId.of(user))))
                        .orElseGet(() -> new Authentication.Refused(401, "no user"))));
    }

    <T> T now(CompletionStage<T> stage) {
        runtime.runAll();
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    /** A client of im.v2 that has been greeted. */
    Client v2(String user) {
        Client client =
                open("im.v2", Map.of("user", List.of(user), "username", List.of(user.toUpperCase(Locale.ROOT))));
        assertThat(client.heard())
                .first()
                .satisfies(hello -> assertThat(hello.path("event").asString()).isEqualTo("hello"));
        return client;
    }

    Client classic(String user) {
        return open("", Map.of("user", List.of(user)));
    }

    Client open(String subprotocol, Map<String, List<String>> query) {
        RecordingConnection connection = new RecordingConnection();
        Handshake handshake =
                Handshake.at("/im").query(query).subprotocol(subprotocol).build();
        Client client = new Client(connection, server.open(connection, handshake));
        runtime.runAll();
        return client;
    }

    /** One client: what it says, and what it heard. */
    final class Client {

        final RecordingConnection connection;
        final Inbound inbound;

        Client(RecordingConnection connection, Inbound inbound) {
            this.connection = connection;
            this.inbound = inbound;
        }

        /** Says it in JSON with single quotes. */
        Client send(String frame) {
            inbound.received(frame.replace('\'', '"'), true);
            runtime.runAll();
            return this;
        }

        /** Says it, and answers the data of all that came by then. */
        List<JsonNode> ask(String frame) {
            connection.clear();
            send(frame);
            return heard();
        }

        /** The data of what came since the last call. */
        List<JsonNode> heard() {
            runtime.runAll();
            List<JsonNode> data = new ArrayList<>();
            for (String text : connection.frames()) {
                JsonNode read = JsonValues.read(text);
                if (read.isArray()) {
                    read.forEach(one -> data.add(one.get("data")));
                } else {
                    data.add(read.get("data"));
                }
            }
            connection.clear();
            return data;
        }

        /** The envelopes of what came since the last call, as they came. */
        List<String> texts() {
            runtime.runAll();
            List<String> texts = connection.frames();
            connection.clear();
            return texts;
        }

        Client say(String address, String id, String content) {
            return send("{'event':'speak'," + address + ",'id':'" + id + "','content':'" + content + "'}");
        }

        int closeCode() {
            return connection.closeReason().map(CloseReason::code).orElse(0);
        }

        void close() {
            inbound.closed(CloseReason.NORMAL, null);
            runtime.runAll();
        }
    }

    /** What a frame says, in short: its event, and what of it matters. */
    static String summary(JsonNode data) {
        String event = data.path("event").asString();
        return switch (event) {
            case "message" ->
                "message " + data.path("seq").asLong() + " "
                        + data.path("from_user_id").asString() + ": "
                        + (data.path("recalled").asBoolean(false)
                                ? "-"
                                : data.path("content").asString());
            case "edit" ->
                "edit " + data.path("seq").asLong() + " of "
                        + data.path("target").path("seq").asLong() + ": "
                        + (data.path("recalled").asBoolean(false)
                                ? "-"
                                : data.path("content").asString());
            case "recall" ->
                "recall " + data.path("seq").asLong() + " of "
                        + data.path("target").path("seq").asLong();
            case "member_added", "member_removed" ->
                event + " " + data.path("seq").asLong() + " "
                        + data.path("user_id").asString();
            case "ack" -> "ack " + data.path("seq").asLong() + (data.path("dup").asBoolean(false) ? " dup" : "");
            case "sync" ->
                "sync " + data.path("status").asString() + " " + summaries(data.path("messages")) + " unread "
                        + data.path("unread").asInt(-1);
            case "history" -> "history " + data.path("status").asString() + " " + summaries(data.path("messages"));
            case "changed" ->
                "changed " + data.path("conv").asString() + " "
                        + data.path("top").path("seq").asLong();
            case "error" -> "error " + data.path("for").asString();
            case "read", "recv" ->
                event + " " + data.path("user_id").asString() + " "
                        + data.path("position").path("seq").asLong() + " "
                        + data.path("unread").asInt(-1);
            default -> event;
        };
    }

    static List<String> summaries(Iterable<JsonNode> all) {
        List<String> summaries = new ArrayList<>();
        all.forEach(one -> summaries.add(summary(one)));
        return summaries;
    }
}
