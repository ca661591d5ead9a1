package io.embedim.cluster;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The default {@link ClusterMembership}: one node, always alive. Immutable; never blocks, never fails. */
public final class SingleNode implements ClusterMembership {

    private final NodeId self;

    /**
     * A cluster of one.
     *
     * @param self this process
     */
    public SingleNode(NodeId self) {
        this.self = self;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public CompletionStage<Boolean> renew() {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<List<Node>> liveNodes() {
        return CompletableFuture.completedFuture(List.of(new Node(self, Instant.MAX)));
    }

    @Override
    public CompletionStage<Boolean> claim(NodeId dead) {
        return CompletableFuture.completedFuture(false);
    }
}
