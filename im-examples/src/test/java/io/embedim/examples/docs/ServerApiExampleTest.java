package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.SendReport;
import io.embedim.ServerMessage;
import io.embedim.Speech;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerApiExampleTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<String> pushed = new ArrayList<>();
    private final ImServer server = ImServer.builder()
            .classicProfile()
            .runtime(runtime)
            .listener(new Push())
            .build();
    private final RecordingConnection connection = new RecordingConnection();
    private final ConnectionId id =
            server.open(connection, Handshake.at("/im").build()).id();

    // tag::undelivered[]
    final class Push implements ImListener {
        @Override
        public void undelivered(Draft message, Receipt receipt) {
            UserId offline = Objects.requireNonNull(message.recipient());
            push(offline, message.senderName() + ": " + message.content());
        }
    }
    // end::undelivered[]

    @Test
    void sends() {
        GroupId board = GroupId.of("100");
        UserId chair = UserId.of("chair");
        // tag::send[]
        Target target = Target.group(board).and(Target.user(chair)).except(Target.connection(id));
        ServerMessage message = ServerMessage.envelope(0, "the meeting begins", "{\"event\":\"meeting\",\"room\":7}");
        CompletionStage<SendReport> report = server.send(target, message);
        // end::send[]
        server.bind(id, chair);
        runtime.runAll();

        assertThat(report.toCompletableFuture().join().queued()).isZero();
        assertThat(connection.frames()).isEmpty();
    }

    @Test
    void speaks() {
        // tag::publish[]
        Speech speech = Speech.toGroup(UserId.of("system"), "System", GroupId.of("100"), "Anne has won the game");
        CompletionStage<Receipt> receipt = server.publish(speech.with("from_avatar", "\"/img/system.png\""));
        // end::publish[]
        runtime.runAll();

        assertThat(receipt.toCompletableFuture().join().position().seq()).isEqualTo(1);
    }

    @Test
    void kicks() {
        UserId troll = UserId.of("troll");
        server.bind(id, troll);
        runtime.runAll();
        // tag::kick[]
        server.close(Target.user(troll), CloseReason.KICKED, ServerMessage.envelope(403, "you are banned", null))
                .thenAccept(report -> log(report.changed() + " connections closed, complete: " + report.isComplete()));
        // end::kick[]
        runtime.runAll();

        assertThat(connection.closeReason()).contains(CloseReason.KICKED);
        assertThat(connection.frames()).containsExactly("{\"code\":403,\"msg\":\"you are banned\",\"data\":[]}");
        assertThat(pushed).containsExactly("1 connections closed, complete: true");
    }

    @Test
    void goesThroughAll() {
        runtime.runAll();
        // tag::listing[]
        AtomicLong unbound = new AtomicLong();
        CompletionStage<Long> all = server.presence().sessions().forEach(session -> {
            if (session.user() == null) {
                unbound.incrementAndGet();
            }
        });
        // end::listing[]

        assertThat(all.toCompletableFuture().join()).isEqualTo(1);
        assertThat(unbound).hasValue(1);
    }

    @Test
    void pushesToWhoIsOffline() {
        server.publish(Speech.toUser(UserId.of("anne"), "Anne", UserId.of("bert"), "are you there?"));
        runtime.runAll();

        assertThat(pushed).containsExactly("bert <- Anne: are you there?");
    }

    private void push(UserId to, String text) {
        pushed.add(to + " <- " + text);
    }

    private void log(String text) {
        pushed.add(text);
    }
}
