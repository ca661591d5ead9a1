package io.embedim.cluster;

import io.embedim.model.ImException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which nodes are alive, by leases (SPI).
 *
 * <p><b>Lifecycle.</b> Where {@link #heartbeat} says how often, the core renews its own lease on its timer. Where a lease was lost, it begins a new one under a new id and puts all its
 * sessions into the store anew. When another node has died it claims that node and cleans up after it, if the session store is a {@code SharedSessionStore}; it does so only once its own lease has
 * been renewed twice in a row, so that nobody who was cut off himself takes the others for dead.
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

    /**
     * How often the core has to renew the lease.
     *
     * @return a third of the lease or less; zero, unless it is overridden, where somebody else sees to it
     */
    default Duration heartbeat() {
        return Duration.ZERO;
    }

    /**
     * Begins a new lease under a new id, after one was lost. CM5: from then on {@link #self} answers the new id, and the old one is another node's.
     *
     * @return the new id; fails, unless it is overridden
     */
    default CompletionStage<NodeId> rejoin() {
        return CompletableFuture.failedFuture(new ImException("this cluster gives nobody a second id"));
    }

    /**
     * The nodes to be cleaned up after: those whose leases have ended and that nobody has claimed. CM6: one that was claimed is named again where whoever claimed it has not said in time that it
     * {@linkplain #cleaned is done}.
     *
     * @return nodes, not necessarily all; none, unless it is overridden
     */
    default CompletionStage<List<NodeId>> deadNodes() {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Nothing is left of a node that this one has claimed.
     *
     * @param dead the node
     * @return completes when that is known
     */
    default CompletionStage<Void> cleaned(NodeId dead) {
        return CompletableFuture.completedFuture(null);
    }
}
