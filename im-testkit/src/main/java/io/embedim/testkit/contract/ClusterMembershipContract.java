package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ClusterMembership} must do, also one of a single node that never dies: CM2 and a part of CM1 and CM4. One with leases that end implements
 * {@link ClusterLeasesContract}.
 */
public interface ClusterMembershipContract {

    /**
     * A node that has joined. Called once in a test here; more often, for nodes of the same cluster, by {@link ClusterLeasesContract}.
     *
     * @return the node's view of the cluster
     */
    ClusterMembership newNode();

    /** CM1: a lease that lives is renewed. */
    @Test
    default void leaseThatLivesIsRenewed() {
        ClusterMembership node = newNode();

        assertThat(Stages.call("renew", node::renew))
                .as("CM1: renew of a lease that lives")
                .isTrue();
        assertThat(Stages.call("renew", node::renew)).as("CM1: a second renew").isTrue();
    }

    /** CM2. */
    @Test
    default void nodeIsAmongTheLiveOnes() {
        ClusterMembership node = newNode();

        assertThat(Stages.call("liveNodes", node::liveNodes))
                .as("CM2: live nodes")
                .extracting(Node::id)
                .contains(node.self())
                .doesNotHaveDuplicates();
        assertThat(node.self()).as("CM2: self at a second call").isEqualTo(node.self());
    }

    /** CM4. */
    @Test
    default void nodeThatLivesOrWasNeverSeenCannotBeClaimed() {
        ClusterMembership node = newNode();

        assertThat(Stages.call("claim", () -> node.claim(node.self())))
                .as("CM4: claim of a node that lives")
                .isFalse();
        assertThat(Stages.call("claim", () -> node.claim(new NodeId("never-seen"))))
                .as("CM4: claim of a node that was never seen")
                .isFalse();
    }
}
