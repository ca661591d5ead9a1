package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The contract, for nodes of an {@link InMemoryCluster} that a test may have changed. */
class LeasesOnManualTime implements ClusterLeasesContract {

    static final Duration LEASE = Duration.ofSeconds(10);

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryCluster cluster = new InMemoryCluster(runtime, LEASE);
    private final Map<NodeId, ClusterMembership> alive = new LinkedHashMap<>();
    private final UnaryOperator<ClusterMembership> change;
    private int joined;

    LeasesOnManualTime(UnaryOperator<ClusterMembership> change) {
        this.change = change;
    }

    @Override
    public ClusterMembership newNode() {
        NodeId id = new NodeId("node-" + ++joined);
        ClusterMembership node = cluster.join(id);
        alive.put(id, node);
        return change.apply(node);
    }

    /** All others go on renewing. */
    @Override
    public void endLease(ClusterMembership node) {
        assertThat(alive.remove(node.self())).isNotNull();
        for (int half = 0; half < 2; half++) {
            runtime.advance(LEASE.dividedBy(2));
            alive.values().forEach(ClusterMembership::renew);
        }
    }
}
