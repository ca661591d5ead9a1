package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServerBuilder;
import io.embedim.ServerMessage;
import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.model.GroupId;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Session;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What becomes of a node whose lease has ended: the others clean up after it, and it comes back under a new id if it was only cut off. */
class DeadNodeTest {

    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration BEAT = Duration.ofSeconds(3);
    private static final GroupId GROUP = new GroupId("100");

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryCluster cluster = new InMemoryCluster(runtime, LEASE, BEAT);
    private final SharedSessions sessions = new SharedSessions();
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final Faulty<ClusterMembership> link =
            new Faulty<>(ClusterMembership.class, cluster.join(new NodeId("n1")));
    private final Faulty<ClusterMembership> link2 =
            new Faulty<>(ClusterMembership.class, cluster.join(new NodeId("n2")));
    private final Faulty<ClusterMembership> link3 =
            new Faulty<>(ClusterMembership.class, cluster.join(new NodeId("n3")));
    private final Clients dying = new Clients(runtime, on(link.backend));
    private final Clients second = new Clients(runtime, on(link2.backend));
    private final Clients third = new Clients(runtime, on(link3.backend));

    @Test
    void leasesOfServersThatRunAreRenewed() {
        beats(10);

        assertThat(now(link.backend.liveNodes()))
                .extracting(node -> node.id().value())
                .containsExactlyInAnyOrder("n1", "n2", "n3");
        assertThat(link.backend.self()).isEqualTo(new NodeId("n1"));
    }

    @Test
    void sessionsOfADeadNodeGoAndTheirLeavesAreHeardOnce() {
        Clients.Client witness = second.openAs("witness").joinGroup("witness", 100);
        Clients.Client other = third.openAs("other").joinGroup("other", 100);
        dying.openAs("anne").joinGroup("anne", 100);
        dying.openAs("bert").joinGroup("bert", 100);
        beats(2);
        witness.heard();
        other.heard();

        link.set(Faulty.Fault.HANGS, "renew");
        beats(5);

        assertThat(witness.connection.frames())
                .hasSize(2)
                .allSatisfy(frame -> assertThat(frame).contains("\"event\":\"leave\"", "\"group_id\":100"))
                .anySatisfy(frame -> assertThat(frame).contains("\"from_user_id\":\"anne\""))
                .anySatisfy(frame -> assertThat(frame).contains("\"from_user_id\":\"bert\""));
        assertThat(other.connection.frames()).hasSize(2);
        assertThat(now(second.server.presence().sessions().toList(10)))
                .extracting(Session::node)
                .containsExactlyInAnyOrder(new NodeId("n2"), new NodeId("n3"));
    }

    @Test
    void membershipsThatAJoinMadeEndWithTheirNode() {
        Clients.Client proven = dying.openAs("anne");
        proven.joinGroup("anne", 100);
        beats(2);
        assertThat(now(memberships.find(new UserId("anne"), GROUP))).isPresent();

        link.set(Faulty.Fault.HANGS, "renew");
        beats(6);

        assertThat(now(memberships.find(new UserId("anne"), GROUP))).isEmpty();
    }

    @Test
    void nodeThatWasCutOffComesBackUnderANewIdWithAllItsSessions() {
        Clients.Client stays = dying.openAs("anne").joinGroup("anne", 100);
        Clients.Client witness = second.openAs("witness").joinGroup("witness", 100);
        beats(2);
        witness.heard();
        link.set(Faulty.Fault.FAILS, "renew");
        beats(6);
        assertThat(witness.heard()).as("the leave of who was cut off").hasSize(1);

        link.set(Faulty.Fault.NONE);
        beats(2);

        NodeId fresh = link.backend.self();
        assertThat(fresh).isNotEqualTo(new NodeId("n1"));
        assertThat(now(second.server.presence().session(stays.id()))).hasValueSatisfying(session -> {
            assertThat(session.node()).isEqualTo(fresh);
            assertThat(session.groups()).containsExactly(GROUP);
        });
        stays.heard();
        assertThat(now(second.server.send(Target.connection(stays.id()), ServerMessage.text("hello")))
                        .queued())
                .as("commands find it under its new id")
                .isEqualTo(1);
    }

    @Test
    void nodeThatHasJustLostItsOwnLeaseTakesNobodyElseForDead() {
        Clients.Client stays = second.openAs("anne").joinGroup("anne", 100);
        Clients.Client witness = third.openAs("witness").joinGroup("witness", 100);
        beats(2);
        witness.heard();

        // All are cut off at once, as by a store that stood still; they come back at the same time.
        List.of(link, link2, link3).forEach(each -> each.set(Faulty.Fault.FAILS, "renew"));
        beats(4);
        List.of(link, link2, link3).forEach(each -> each.set(Faulty.Fault.NONE));
        beats(4);

        assertThat(witness.heard()).as("leaves of nodes that came back in time").isEmpty();
        assertThat(now(third.server.presence().session(stays.id()))).isPresent();
    }

    private void beats(int count) {
        for (int i = 0; i < count; i++) {
            runtime.advance(BEAT);
        }
        runtime.runAll();
    }

    private ImServerBuilder on(ClusterMembership node) {
        return Clients.authenticated()
                .broker(cluster.broker())
                .cluster(node)
                .sessionStore(sessions)
                .memberships(memberships);
    }

    private <T> T now(CompletionStage<T> stage) {
        return second.now(stage);
    }
}
