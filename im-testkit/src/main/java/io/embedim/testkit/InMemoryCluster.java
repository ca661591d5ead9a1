package io.embedim.testkit;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of several nodes in one process, for tests: with a {@link ManualRuntime}, leases end when the test moves the clock.
 *
 * <p>The servers of its nodes share a session store and memberships that the test makes, and each has a {@link #broker()} of its own.
 *
 * <p><b>Lifecycle.</b> A node joins once and lives as long as it is renewed in time. One whose lease has ended can be claimed once; then it is forgotten.
 *
 * <p><b>Threads.</b> Any thread may call. Stages are complete when they are returned. <b>Failure.</b> None.
 */
public final class InMemoryCluster {

    private final ImRuntime runtime;
    private final Duration lease;
    private final Duration heartbeat;
    private final Map<NodeId, Instant> leases = new HashMap<>();
    private @Nullable InMemoryBroker lastBroker;

    /**
     * A cluster without nodes.
     *
     * @param runtime whose clock tells when leases end
     * @param lease how long a node lives without being renewed
     * @throws IllegalArgumentException if the lease is not positive
     */
    public InMemoryCluster(ImRuntime runtime, Duration lease) {
        this(runtime, lease, Duration.ZERO);
    }

    /**
     * A cluster without nodes, whose servers renew their leases themselves and clean up after each other.
     *
     * @param runtime whose clock tells when leases end
     * @param lease how long a node lives without being renewed
     * @param heartbeat how often its server renews it; zero for never
     * @throws IllegalArgumentException if the lease is not positive
     */
    public InMemoryCluster(ImRuntime runtime, Duration lease, Duration heartbeat) {
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("lease is " + lease + "; expected a positive time");
        }
        this.runtime = runtime;
        this.lease = lease;
        this.heartbeat = heartbeat;
    }

    /**
     * Adds a node with a fresh lease.
     *
     * @param id the node; one that has left no remains
     * @return the node's view of the cluster
     * @throws IllegalArgumentException if a node of this id lives, or is dead and was not claimed
     */
    public synchronized ClusterMembership join(NodeId id) {
        if (leases.containsKey(id)) {
            throw new IllegalArgumentException(
                    "node " + id + " has joined before; expected a new id for a new process");
        }
        leases.put(id, runtime.now().plus(lease));
        return new Member(id);
    }

    /**
     * A broker for one more node of this cluster: what is published at one is heard at all, in one order, and commands reach every node whose server runs.
     *
     * @return a broker without a listener, for one server
     */
    public synchronized Broker broker() {
        InMemoryBroker next = lastBroker == null ? new InMemoryBroker(runtime) : lastBroker.nextNode(runtime);
        lastBroker = next;
        return next;
    }

    private boolean lives(NodeId id) {
        Instant until = leases.get(id);
        return until != null && runtime.now().isBefore(until);
    }

    private synchronized <T> CompletionStage<T> atomically(Supplier<T> step) {
        return CompletableFuture.completedFuture(step.get());
    }

    private final class Member implements ClusterMembership {

        private volatile NodeId self;
        private int rejoined;

        Member(NodeId self) {
            this.self = self;
        }

        @Override
        public NodeId self() {
            return self;
        }

        @Override
        public CompletionStage<Boolean> renew() {
            return atomically(() -> {
                boolean lives = lives(self);
                if (lives) {
                    leases.put(self, runtime.now().plus(lease));
                }
                return lives;
            });
        }

        @Override
        public CompletionStage<List<Node>> liveNodes() {
            return atomically(() -> leases.entrySet().stream()
                    .filter(entry -> lives(entry.getKey()))
                    .map(entry -> new Node(entry.getKey(), entry.getValue()))
                    .toList());
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return atomically(() -> !lives(dead) && leases.remove(dead) != null);
        }

        @Override
        public Duration heartbeat() {
            return heartbeat;
        }

        @Override
        public CompletionStage<NodeId> rejoin() {
            return atomically(() -> {
                self = new NodeId(self.value().replaceFirst("\\+\\d+$", "") + "+" + ++rejoined);
                leases.put(self, runtime.now().plus(lease));
                return self;
            });
        }

        @Override
        public CompletionStage<List<NodeId>> deadNodes() {
            return atomically(
                    () -> leases.keySet().stream().filter(id -> !lives(id)).toList());
        }
    }
}
