package io.embedim.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Which nodes are alive, by leases (SPI).
 *
 * <p><b>Lifecycle.</b> The core renews its own lease on its timer and, when a lease of another node has ended, claims that node to clean up after it.
 *
 * <p><b>Threads.</b> Any thread may call; no method blocks its caller. Stages may complete on any thread.
 *
 * <p><b>Failure.</b> A stage that fails or does not complete in time means "unknown": the node keeps serving the clients it has, and a node that could not renew
 * within its lease takes a new id and registers anew before it is trusted.
 *
 * <p><b>How to test it.</b> {@code ClusterLeasesContract} in im-testkit; {@code ClusterMembershipContract} for one whose nodes never die.
 */
public interface ClusterMembership {

    /**
     * This process.
     *
     * @return the node's id, the same at each call until a lease was lost
     */
    NodeId self();

    /**
     * Renews this node's lease. CM1: a lease that has ended or was claimed cannot be renewed.
     *
     * @return true where the lease lives on; false where it is lost and the node must register anew
     */
    CompletionStage<Boolean> renew();

    /**
     * The nodes whose lease lives. CM2: this node is among them while its lease lives.
     *
     * @return the nodes, in no order
     */
    CompletionStage<List<Node>> liveNodes();

    /**
     * Takes over the remains of a node whose lease has ended. CM3: of several claims for one node exactly one gets true. CM4: a node whose lease lives, and a node
     * that was never seen, cannot be claimed.
     *
     * @param dead the node
     * @return true for the one that may clean up
     */
    CompletionStage<Boolean> claim(NodeId dead);
}
