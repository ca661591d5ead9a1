package io.embedim.redis;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import io.embedim.model.NotReadyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ClusterMembership} in Redis: which nodes live, by leases that end by Redis's clock.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#cluster()}, whose lease has begun by then; ended at once when the backend is closed. <b>Threads.</b> Any; nothing blocks its caller.
 *
 * <p>A node's id is made anew for each lease, so a restarted process and one that was cut off are new nodes.
 */
public final class RedisCluster implements ClusterMembership {

    private static final int BEATS = 3;
    /** How long somebody may clean up after a node before another one tries. */
    private static final Duration CLAIM = Duration.ofMinutes(1);
    /** How long it is known that a node was cleaned up after, so that a put that comes late is known as its. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Link link;
    private final byte[][] keys;
    private final Ids ids;
    private final Duration lease;
    private final boolean byShard;
    private volatile NodeId self;
    private volatile @Nullable String problem;
    private volatile boolean doubted;

    RedisCluster(Link link, RedisKeys keys, Ids ids, Duration lease, boolean byShard) {
        this.link = link;
        this.keys = new byte[][] {keys.sessions()};
        this.ids = ids;
        this.lease = lease;
        this.byShard = byShard;
        this.self = new NodeId(ids.epoch());
    }

    CompletionStage<Void> begin() {
        return begin(self);
    }

    /** Fails where nodes live that would not hear what this one publishes, or this one what they do. Whether there are any, and that this one lives, is one step. */
    private CompletionStage<Void> begin(NodeId node) {
        return run("begin", node, lease).thenAccept(answer -> {
            problem = LogReads.text(answer.get(0)).equals("begun") ? null : otherwise();
            if (problem != null) {
                throw new NotReadyException(problem);
            }
        });
    }

    private String otherwise() {
        return byShard
                ? "expected a node without shardedPubSub(), as the living nodes are; came one with it"
                : "expected a node with shardedPubSub(), as the living nodes are; came one without it";
    }

    /** Why this node has no lease and gets none, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /**
     * What the store has of this node's sessions may not be so: a change of them failed, or Redis is another one. The next beat begins a new lease, under whose id they are put anew; what is left
     * under the old id is cleaned up when that lease has ended.
     */
    void doubt() {
        doubted = true;
    }

    /** Others need not wait for its end. */
    void leave() {
        link.farewell(
                Script.LEASE, keys, RedisKeys.bytes("leave"), RedisKeys.bytes(self.value()), RedisKeys.bytes("0"));
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public Duration heartbeat() {
        return lease.dividedBy(BEATS);
    }

    @Override
    public CompletionStage<Boolean> renew() {
        return run("renew", self, lease)
                .thenApply(answer -> LogReads.text(answer.get(0)).equals("renewed") && !doubted);
    }

    @Override
    public CompletionStage<NodeId> rejoin() {
        NodeId fresh = new NodeId(ids.epoch());
        boolean wasDoubted = doubted;
        doubted = false; // Before the sessions are put anew: what fails of that is a new doubt.
        return begin(fresh).handle((begun, failure) -> {
            if (failure != null) {
                if (wasDoubted) {
                    doubted = true;
                }
                throw new CompletionException(Failures.cause(failure));
            }
            self = fresh;
            return fresh;
        });
    }

    @Override
    public CompletionStage<List<Node>> liveNodes() {
        return run("live", self, Duration.ZERO).thenApply(answer -> {
            List<Node> nodes = new ArrayList<>(answer.size() / 2);
            for (int i = 0; i + 1 < answer.size(); i += 2) {
                nodes.add(new Node(new NodeId(LogReads.text(answer.get(i))), Instant.ofEpochMilli((long)
                        Double.parseDouble(LogReads.text(answer.get(i + 1))))));
            }
            return nodes;
        });
    }

    /** One that was only held up gets a part of a heartbeat to come back: it begins a new lease as soon as it goes on. */
    @Override
    public CompletionStage<List<NodeId>> deadNodes() {
        return run("dead", self, heartbeat().dividedBy(BEATS))
                .thenApply(answer -> answer.stream()
                        .map(node -> new NodeId(LogReads.text(node)))
                        .toList());
    }

    @Override
    public CompletionStage<Boolean> claim(NodeId dead) {
        return run("claim", dead, CLAIM)
                .thenApply(answer -> LogReads.text(answer.get(0)).equals("won"));
    }

    @Override
    public CompletionStage<Void> cleaned(NodeId dead) {
        return run("gone", dead, REMEMBERED).thenApply(gone -> null);
    }

    private CompletionStage<List<Object>> run(String what, NodeId node, Duration time) {
        return link.eval(
                "lease: " + what,
                Script.LEASE,
                keys,
                RedisKeys.bytes(what),
                RedisKeys.bytes(node.value()),
                RedisKeys.bytes(Long.toString(time.toMillis())),
                RedisKeys.bytes(byShard ? "1" : ""));
    }
}
