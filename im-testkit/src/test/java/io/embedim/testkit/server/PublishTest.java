package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ServerMessage;
import io.embedim.Speech;
import io.embedim.conversation.Broker;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.Receipt;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.protocol.ClientFrame;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PublishTest {

    private static final UserId SYSTEM = UserId.of("system");
    private static final UserId ANNE = UserId.of("anne");
    private static final GroupId GROUP = GroupId.of("100");

    private final ManualRuntime runtime = new ManualRuntime();
    private final Faulty<Broker> broker = new Faulty<>(Broker.class, new InMemoryBroker(runtime));
    private final Clients clients =
            new Clients(runtime, ImServer.builder().classicProfile().broker(broker.backend));

    @Test
    void speechToAGroupIsTheFrameThatAClientWouldHaveSentAndHasItsPlaceInTheOrder() {
        Clients.Client member = clients.open().joinGroup("m", 100);
        member.speak("m", 100, "before").connection.clear();

        Receipt receipt = clients.now(clients.server.publish(
                Speech.toGroup(SYSTEM, "the \"system\"", GROUP, "hi 😀\n").with("from_avatar", "\"/a.png\"")));
        member.speak("m", 100, "behind");

        assertThat(receipt.position().seq()).isEqualTo(2);
        assertThat(member.connection.frames().get(0))
                .isEqualTo(
                        "{\"code\":0,\"msg\":\"the \\\"system\\\"[群聊说]:hi 😀\\n\",\"data\":{\"event\":\"speak\",\"mode\":2,"
                                + "\"group_id\":100,\"from_user_id\":\"system\",\"from_username\":\"the \\\"system\\\"\","
                                + "\"content\":\"hi 😀\\n\",\"from_avatar\":\"/a.png\"}}");
        assertThat(member.heard()).hasSize(2).last().isEqualTo("0 m[群聊说]:behind");
    }

    @Test
    void speechToAUserReachesAllItsConnections() {
        Clients.Client one = clients.open().join("anne");
        Clients.Client two = clients.open().join("anne");
        one.heard();

        clients.now(clients.server.publish(Speech.toUser(SYSTEM, "System", ANNE, "hi")));

        assertThat(one.connection.frames())
                .containsExactly(
                        "{\"code\":0,\"msg\":\"System[\\u5355\\u804a\\u5bf9]anne[\\u8bf4]:hi\",\"data\":{\"event\":\"speak\",\"mode\":1,"
                                + "\"group_id\":0,\"from_user_id\":\"system\",\"from_username\":\"System\","
                                + "\"to_user_id\":\"anne\",\"content\":\"hi\"}}");
        assertThat(two.heard()).last().isEqualTo("0 System[单聊对]anne[说]:hi");
    }

    @Test
    void groupThatIsNoNumberIsWrittenAsAText() {
        for (String id : List.of("0100", "board", "1234567890123456")) {
            Clients.Client member = clients.open();
            clients.now(clients.server.join(Target.connection(member.id()), GroupId.of(id)));

            clients.now(clients.server.publish(Speech.toGroup(SYSTEM, "S", GroupId.of(id), "hi")));

            assertThat(member.connection.frames()).singleElement().asString().contains("\"group_id\":\"" + id + "\"");
        }
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        assertThatThrownBy(() -> Speech.toUser(SYSTEM, "", ANNE, "hi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sender's name is empty");
        assertThatThrownBy(() -> Speech.toUser(SYSTEM, "S", ANNE, "\ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("content has a lone surrogate at index 0");
        Speech speech = Speech.toUser(SYSTEM, "S", ANNE, "x".repeat(70_000));
        assertThatThrownBy(() -> speech.with("content", "1")).hasMessageContaining("field content is set already");
        assertThatThrownBy(() -> speech.with("more", "{")).hasMessageContaining("not one value of strict JSON");
        assertThatThrownBy(() -> clients.server.publish(speech))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 65536");
        assertThat(speech).hasToString("Speech[system -> anne]");
    }

    @Test
    void brokerThatDoesNotAnswerLeavesItUnknown() {
        broker.set(Faulty.Fault.HANGS, "publish");
        CompletableFuture<Receipt> hanging =
                clients.server.publish(Speech.toGroup(SYSTEM, "S", GROUP, "hi")).toCompletableFuture();
        runtime.advance(Duration.ofSeconds(6));
        broker.set(Faulty.Fault.FAILS, "publish");
        CompletableFuture<Receipt> failing =
                clients.server.publish(Speech.toGroup(SYSTEM, "S", GROUP, "hi")).toCompletableFuture();

        assertThat(hanging)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ImException.class)
                .withMessageContaining("unknown: the broker did not say in time");
        assertThat(failing)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("backend is broken");
    }

    @Test
    void everythingMayBeCalledFromInsideAListener() {
        List<String> results = new ArrayList<>();
        List<ImServer> started = new ArrayList<>();
        Clients calling = new Clients(
                new ManualRuntime(), ImServer.builder().classicProfile().listener(new ImListener() {
                    @Override
                    public void started(ImServer server) {
                        started.add(server);
                    }

                    @Override
                    public void received(Session session, ClientFrame frame) {
                        ImServer server = started.get(0);
                        Target self = Target.connection(session.id());
                        server.send(self, ServerMessage.text("sent"))
                                .thenAccept(r -> results.add("sent " + r.queued()));
                        server.publish(Speech.toGroup(SYSTEM, "S", GROUP, "said"))
                                .thenAccept(r -> results.add("said"));
                        server.join(self, GROUP)
                                .thenCompose(joined -> {
                                    results.add("joined " + joined.changed());
                                    return server.bind(session.id(), ANNE);
                                })
                                .thenCompose(bound -> {
                                    results.add("bound " + bound);
                                    return server.dissolve(GROUP);
                                })
                                .thenCompose(dissolved -> {
                                    results.add("dissolved " + dissolved.changed());
                                    return server.kick(self);
                                })
                                .thenAccept(kicked -> results.add("kicked " + kicked.changed()));
                    }
                }));

        Clients.Client client = calling.open().send("{\"event\":\"ping\"}");

        assertThat(results).containsExactly("sent 1", "said", "joined 1", "bound true", "dissolved 1", "kicked 1");
        assertThat(client.closeCode()).isEqualTo(4102);
        assertThat(client.connection.frames().get(0)).isEqualTo("sent");
    }
}
