package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.ConnectionId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.testkit.JsonValues;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/** A server under test, its clock, and clients of it. */
final class Clients {

    final ManualRuntime runtime;
    final ImServer server;

    Clients(ManualRuntime runtime, ImServerBuilder builder) {
        this.runtime = runtime;
        this.server = builder.runtime(runtime).build();
    }

    static Clients classic() {
        return new Clients(new ManualRuntime(), ImServer.builder().classicProfile());
    }

    /** Everybody is who the query says. */
    static ImServerBuilder authenticated() {
        return ImServer.builder()
                .authenticator(handshake -> CompletableFuture.completedFuture(handshake
                        .queryParameter("user")
                        .<Authentication>map(user -> new Authentication.Accepted(Identity.of(UserId.of(user))))
                        .orElseGet(() -> new Authentication.Refused(401, "no user"))));
    }

    /** What a stage has come to, once all that is to be done has been done. */
    <T> T now(CompletionStage<T> stage) {
        runtime.runAll();
        assertThat(stage.toCompletableFuture())
                .as("a stage, when nothing is left to do")
                .isDone();
        return stage.toCompletableFuture().join();
    }

    Client open() {
        return open(Handshake.at("/im").build());
    }

    Client openAs(String user) {
        return open(Handshake.at("/im").query(Map.of("user", List.of(user))).build());
    }

    Client openWith(String ticket) {
        return open(Handshake.at("/im").query(Map.of("ticket", List.of(ticket))).build());
    }

    Client open(Handshake handshake) {
        RecordingConnection connection = new RecordingConnection();
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

        Client send(String text) {
            inbound.received(text, true);
            runtime.runAll();
            return this;
        }

        Client join(String user) {
            return send(frame("join", 1, 0, user, "\"content\":\"c\""));
        }

        Client joinGroup(String user, int group) {
            return send(frame("join", 2, group, user, "\"content\":\"c\""));
        }

        Client speak(String user, int group, String content) {
            return send(frame("speak", 2, group, user, "\"content\":\"" + content + "\""));
        }

        Client speakTo(String user, String to, String content) {
            return send(frame("speak", 1, 0, user, "\"to_user_id\":\"" + to + "\",\"content\":\"" + content + "\""));
        }

        ConnectionId id() {
            return inbound.id();
        }

        void close() {
            inbound.closed(CloseReason.NORMAL, null);
            runtime.runAll();
        }

        /** What came since the last call, the code and the text of each. */
        List<String> heard() {
            List<String> frames = connection.frames();
            connection.clear();
            return frames.stream().map(Clients::summary).toList();
        }

        int closeCode() {
            return connection.closeReason().map(CloseReason::code).orElse(0);
        }
    }

    static String frame(String event, int mode, int group, String user, String rest) {
        return "{\"event\":\"" + event + "\",\"mode\":" + mode + ",\"group_id\":" + group + ",\"from_user_id\":\""
                + user + "\",\"from_username\":\"" + user + "\"," + rest + "}";
    }

    static String summary(String frame) {
        JsonNode read = JsonValues.read(frame);
        return read.get("code").asInt() + " " + read.get("msg").asString();
    }
}
