package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ChangeReport;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.SendReport;
import io.embedim.ServerMessage;
import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.connection.CloseReason;
import io.embedim.conversation.Broker;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.session.InMemorySessionStore;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The server-side API, spoken to on the first of three nodes. */
class ThreeNodesTest {

    private static final UserId ANNE = UserId.of("anne");
    private static final GroupId GROUP = GroupId.of("100");
    private static final ServerMessage HELLO = ServerMessage.text("hello");

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryCluster cluster = new InMemoryCluster(runtime, Duration.ofHours(1));
    private final InMemorySessionStore sessions = new InMemorySessionStore(runtime::now);
    private final Faulty<Broker> link = new Faulty<>(Broker.class, cluster.broker());
    private final Faulty<ClusterMembership> members =
            new Faulty<>(ClusterMembership.class, cluster.join(new NodeId("n1")));
    private final Clients first =
            new Clients(runtime, builder().broker(link.backend).cluster(members.backend));
    private final Clients second = new Clients(runtime, node("n2"));
    private final Clients third = new Clients(runtime, node("n3"));
    private final ImServer server = first.server;

    @Test
    void userWithConnectionsOnTwoNodesHearsEachMessageOnceOnEach() {
        Clients.Client here = quiet(first.open().join("anne").joinGroup("anne", 100));
        Clients.Client there = quiet(second.open().join("anne").joinGroup("anne", 100));
        Clients.Client other = quiet(third.open().joinGroup("bert", 100));

        assertThat(now(server.send(Target.user(ANNE), HELLO))).isEqualTo(sent(2, 0));
        assertThat(now(server.send(Target.group(GROUP).and(Target.user(ANNE)), HELLO)))
                .isEqualTo(sent(3, 0));
        assertThat(now(server.send(Target.all().except(Target.user(ANNE)), HELLO)))
                .isEqualTo(sent(1, 0));

        assertThat(here.connection.frames()).containsExactly("hello", "hello");
        assertThat(there.connection.frames()).containsExactly("hello", "hello");
        assertThat(other.connection.frames()).containsExactly("hello", "hello");
    }

    @Test
    void connectionIsFoundOnWhateverNodeAndCountedAsClosedOnNone() {
        Clients.Client there = quiet(third.open());

        assertThat(now(server.send(Target.connection(there.id(), new ConnectionId("nobody")), HELLO)))
                .isEqualTo(sent(1, 1));

        assertThat(there.connection.frames()).containsExactly("hello");
    }

    @Test
    void changesReachConnectionsElsewhere() {
        Clients.Client there = quiet(second.open());

        assertThat(now(server.bind(there.id(), ANNE))).isTrue();
        assertThat(now(server.setAttributes(there.id(), Map.of("a", "1")))).isTrue();
        assertThat(now(server.join(Target.user(ANNE), GROUP)).changed()).isEqualTo(1);
        assertThat(now(server.presence().session(there.id()))).hasValueSatisfying(session -> {
            assertThat(session.node()).isEqualTo(new NodeId("n2"));
            assertThat(session.user()).isEqualTo(ANNE);
            assertThat(session.groups()).containsExactly(GROUP);
            assertThat(session.attributes()).isEqualTo(Map.of("a", "1"));
        });
        assertThat(now(server.leave(Target.user(ANNE), GROUP)).changed()).isEqualTo(1);
        assertThat(now(server.unbind(there.id(), ANNE))).isTrue();
        assertThat(now(server.close(there.id(), CloseReason.NORMAL))).isTrue();
        assertThat(there.closeCode()).isEqualTo(1000);
    }

    @Test
    void kickElsewhereClosesAndCompletesWhenTheSessionsHaveEnded() {
        Clients.Client here = first.open().join("anne");
        Clients.Client there = third.open().join("anne");

        assertThat(now(server.kick(Target.user(ANNE)))).isEqualTo(new ChangeReport(2, 0, 0, 0, null, Set.of()));

        assertThat(here.closeCode()).isEqualTo(4102);
        assertThat(there.closeCode()).isEqualTo(4102);
        assertThat(now(server.presence().isOnline(ANNE))).isFalse();
    }

    @Test
    void dissolvedGroupIsToldOnEveryNodeOnce() {
        List<Clients.Client> inGroup = List.of(
                quiet(first.open().joinGroup("a", 100)),
                quiet(second.open().joinGroup("b", 100)),
                quiet(third.open().joinGroup("c", 100)));
        inGroup.forEach(Clients.Client::heard);

        assertThat(now(server.dissolve(GROUP)).changed()).isEqualTo(3);

        assertThat(inGroup)
                .allSatisfy(client -> assertThat(client.connection.frames())
                        .singleElement()
                        .asString()
                        .contains("\"event\":\"dissolve\""));
        assertThat(now(server.presence().groups().toList(10))).isEmpty();
    }

    @Test
    void whatIsSaidOnOneNodeIsHeardOnAll() {
        Clients.Client here = quiet(first.open().joinGroup("a", 100));
        Clients.Client there = quiet(second.open().joinGroup("b", 100));
        here.heard();

        there.speak("b", 100, "hi");
        here.speak("a", 100, "ho");

        assertThat(here.heard()).containsExactly("0 b[群聊说]:hi", "0 a[群聊说]:ho");
        assertThat(there.heard()).containsExactly("0 b[群聊说]:hi", "0 a[群聊说]:ho");
    }

    @Test
    void sendsOfOneThreadArriveElsewhereInOrderThoughNobodyKnowsTheNodesYet() {
        Clients.Client there = quiet(second.open().join("anne"));
        members.set(Faulty.Fault.HANGS, "liveNodes");

        List<CompletableFuture<SendReport>> reports = IntStream.range(0, 20)
                .mapToObj(i -> {
                    if (i == 10) {
                        members.set(Faulty.Fault.NONE);
                    }
                    return server.send(Target.user(ANNE), ServerMessage.text("m" + i))
                            .toCompletableFuture();
                })
                .toList();
        members.letGo();
        runtime.runAll();

        assertThat(reports).allSatisfy(report -> assertThat(report).isCompletedWithValue(sent(1, 0)));
        assertThat(there.connection.frames())
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void nodeThatDoesNotAnswerIsNamedAfterTheTimeOut() {
        Clients.Client here = quiet(first.open().join("anne"));
        Clients.Client there = second.open().join("anne");
        link.set(Faulty.Fault.HANGS, "command");

        CompletableFuture<SendReport> report =
                server.send(Target.user(ANNE), HELLO).toCompletableFuture();
        CompletableFuture<Boolean> bound =
                server.bind(there.id(), UserId.of("bert")).toCompletableFuture();
        runtime.runAll();
        assertThat(here.connection.frames()).as("this node waits for no other").containsExactly("hello");
        assertThat(report).isNotDone();
        runtime.advance(Duration.ofSeconds(6));

        Set<NodeId> others = Set.of(new NodeId("n2"), new NodeId("n3"));
        assertThat(report).isCompletedWithValue(new SendReport(1, 0, 0, others));
        assertThat(bound)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ImException.class)
                .withMessageContaining("unknown");
    }

    @Test
    void nodeWhoseLeaseLivesThoughNobodyServesItIsNamedAtOnce() {
        cluster.join(new NodeId("n4"));

        assertThat(now(server.send(Target.all(), HELLO)).unreached()).containsExactly(new NodeId("n4"));
    }

    @Test
    void resultFailsWhereNobodyKnowsWhichNodesThereAre() {
        Clients.Client here = quiet(first.open().join("anne"));
        members.set(Faulty.Fault.FAILS, "liveNodes");

        assertThat(server.send(Target.user(ANNE), HELLO).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ImException.class)
                .withMessageContaining("unknown: done on this node");
        runtime.runAll();
        assertThat(here.connection.frames()).containsExactly("hello");
        assertThat(now(server.send(Target.connection(here.id()), HELLO)))
                .as("nobody else can be meant")
                .isEqualTo(sent(1, 0));
    }

    private ImServerBuilder node(String id) {
        return builder().broker(cluster.broker()).cluster(cluster.join(new NodeId(id)));
    }

    private ImServerBuilder builder() {
        return ImServer.builder().classicProfile().sessionStore(sessions);
    }

    private <T> T now(CompletionStage<T> stage) {
        return first.now(stage);
    }

    private static SendReport sent(long queued, long closed) {
        return new SendReport(queued, closed, 0, Set.of());
    }

    private static Clients.Client quiet(Clients.Client client) {
        client.heard();
        return client;
    }
}
