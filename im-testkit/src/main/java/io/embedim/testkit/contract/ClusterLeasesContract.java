package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a {@link ClusterMembership} of several nodes must do: CM1 to CM4 with leases that end. */
public interface ClusterLeasesContract extends ClusterMembershipContract {

    /**
     * Lets a node's lease end, as if its process had stopped; the leases of other nodes live on.
     *
     * @param node a node of {@link #newNode()}
     */
    void endLease(ClusterMembership node);

    /** CM1. */
    @Test
    default void leaseThatHasEndedCannotBeRenewed() {
        ClusterMembership node = newNode();

        endLease(node);

        assertThat(Stages.call("renew", node::renew))
                .as("CM1: renew of a lease that has ended")
                .isFalse();
    }

    /** CM1, CM3: also after somebody else has cleaned up. */
    @Test
    default void leaseThatWasClaimedCannotBeRenewed() {
        ClusterMembership dead = newNode();
        ClusterMembership other = newNode();
        NodeId deadId = dead.self();
        endLease(dead);

        assertThat(Stages.call("claim", () -> other.claim(deadId)))
                .as("CM3: claim of a node whose lease has ended")
                .isTrue();

        assertThat(Stages.call("renew", dead::renew))
                .as("CM1: renew of a lease that was claimed")
                .isFalse();
        assertThat(Stages.call("claim", () -> other.claim(deadId)))
                .as("CM3: a second claim")
                .isFalse();
    }

    /** CM2: all see the same nodes. */
    @Test
    default void nodesSeeEachOtherWhileTheirLeasesLive() {
        ClusterMembership one = newNode();
        ClusterMembership other = newNode();
        NodeId otherId = other.self();
        assertThat(Stages.call("liveNodes", one::liveNodes))
                .as("CM2: live nodes of two")
                .extracting(Node::id)
                .contains(one.self(), otherId);

        endLease(other);

        assertThat(Stages.call("liveNodes", one::liveNodes))
                .as("CM2: live nodes after one has died")
                .extracting(Node::id)
                .contains(one.self())
                .doesNotContain(otherId);
    }

    /** CM3. */
    @Test
    default void exactlyOneOfSeveralClaimsWins() {
        List<ClusterMembership> survivors = List.of(newNode(), newNode(), newNode());

        for (int round = 0; round < 20; round++) {
            ClusterMembership dead = newNode();
            NodeId deadId = dead.self();
            endLease(dead);

            List<Boolean> answers = Stages.together(survivors.stream()
                    .<Callable<Boolean>>map(survivor -> () -> Stages.call("claim", () -> survivor.claim(deadId)))
                    .toList());

            assertThat(answers.stream().filter(won -> won))
                    .as("CM3: winners of 3 claims at once")
                    .hasSize(1);
        }
    }

    /** CM4: of another node. */
    @Test
    default void otherNodeThatLivesCannotBeClaimed() {
        ClusterMembership one = newNode();
        ClusterMembership other = newNode();

        assertThat(Stages.call("claim", () -> one.claim(other.self())))
                .as("CM4: claim of another node that lives")
                .isFalse();
        assertThat(Stages.call("renew", other::renew))
                .as("CM4: renew after a refused claim")
                .isTrue();
    }
}
