package io.embedim.internal.routing;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Command;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import io.embedim.connection.CloseReason;
import io.embedim.model.ConnectionId;
import io.embedim.model.ConnectionLimit;
import io.embedim.model.LogText;
import io.embedim.model.PageRequest;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.session.Listing;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that proven users have, where their number is limited (protocol C-LIMIT 6). A claimed user has no limit, because anybody could use it up, or throw him out.
 *
 * <p>On this node the number is exact, however many come at once. What is on other nodes the session store says: each connection is in the store before it looks there, so of two that
 * come at once on two nodes at least one sees the other.
 */
final class Places {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final Comparator<Holder> BY_AGE =
            Comparator.comparing(Holder::since).thenComparing(Holder::id);

    private final ConnectionLimit limit;
    private final SessionStore store;
    private final ClusterMembership cluster;
    private final Reach reach;
    private final Steps steps;
    private final Steps clusterSteps;
    private final ConcurrentMap<UserId, List<Peer>> held = new ConcurrentHashMap<>();

    Places(EngineConfig config, Reach reach, Steps steps) {
        this.limit = config.limits().connectionsPerUser();
        this.store = config.sessions();
        this.cluster = config.cluster();
        this.reach = reach;
        this.steps = steps.of(Backend.SESSIONS);
        this.clusterSteps = steps.of(Backend.CLUSTER);
    }

    /** One connection, on whatever node. */
    private record Holder(
            ConnectionId id, Instant since, @Nullable Peer here) {}

    /** Whether one more would surely be refused now. */
    boolean isFull(UserId user) {
        return !limit.isUnlimited()
                && !limit.replacesOldest()
                && open(held.getOrDefault(user, List.of())).size() >= limit.count();
    }

    /** Takes a place on this node, the oldest one's where there is no other; false where the connection has to go. */
    boolean take(Peer peer, UserId user) {
        if (limit.isUnlimited()) {
            return true;
        }
        List<Peer> replaced = new ArrayList<>(1);
        List<Peer> now = held.compute(user, (same, before) -> {
            replaced.clear();
            List<Peer> all = new ArrayList<>(open(before == null ? List.of() : before));
            while (limit.replacesOldest() && all.size() >= limit.count()) {
                replaced.add(all.remove(0));
            }
            if (all.size() < limit.count()) {
                all.add(peer);
            }
            return List.copyOf(all);
        });
        replaced.forEach(oldest -> oldest.endWhenDrained(CloseReason.REPLACED));
        return now.contains(peer);
    }

    /** Its session ends. */
    void leave(Peer peer, UserId user) {
        if (limit.isUnlimited()) {
            return;
        }
        held.computeIfPresent(user, (same, before) -> {
            List<Peer> left =
                    before.stream().filter(other -> !other.equals(peer)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** Goes on where there is room for a connection on all nodes together; else ends it, or older ones. It is in the store already. */
    @Nullable
    CompletionStage<?> lookElsewhere(Peer peer, UserId user, Runnable stays) {
        if (limit.isUnlimited()) {
            stays.run();
            return null;
        }
        List<Session> elsewhere = new ArrayList<>();
        return steps.then(
                () -> Listing.of((PageRequest page) -> store.ofUser(user, page)).forEach(session -> {
                    if (!session.node().equals(cluster.self())) {
                        elsewhere.add(session);
                    }
                }),
                all -> withNodes(peer, user, elsewhere, stays),
                failure -> uncounted(peer, failure, stays));
    }

    private @Nullable CompletionStage<?> withNodes(Peer peer, UserId user, List<Session> elsewhere, Runnable stays) {
        if (elsewhere.isEmpty()) {
            stays.run();
            return null;
        }
        return clusterSteps.then(
                cluster::liveNodes,
                nodes -> {
                    Set<NodeId> live = nodes.stream().map(Node::id).collect(Collectors.toSet());
                    List<Holder> all = elsewhere.stream()
                            .filter(session -> live.contains(session.node()))
                            .map(session -> new Holder(session.id(), session.openedAt(), null))
                            .collect(Collectors.toCollection(ArrayList::new));
                    open(held.getOrDefault(user, List.of()))
                            .forEach(here -> all.add(new Holder(here.id(), here.openedAt(), here)));
                    if (makeRoom(peer, all)) {
                        stays.run();
                    }
                    return null;
                },
                failure -> uncounted(peer, failure, stays));
    }

    /** True where the connection may stay. */
    private boolean makeRoom(Peer peer, List<Holder> all) {
        int tooMany = all.size() - limit.count();
        if (tooMany <= 0) {
            return true;
        }
        if (!limit.replacesOldest()) {
            peer.endWhenDrained(CloseReason.TOO_MANY_CONNECTIONS);
            return false;
        }
        List<Holder> oldest = all.stream().sorted(BY_AGE).limit(tooMany).toList();
        Target target = Target.connections(oldest.stream().map(Holder::id).toList());
        CompletionStage<?> ignored = reach.command(new Command.Close(target, CloseReason.REPLACED, null, false));
        return oldest.stream().noneMatch(holder -> peer.equals(holder.here()));
    }

    private static void uncounted(Peer peer, Throwable failure, Runnable stays) {
        LOG.warn("event=connections_not_counted connection={} cause={}", peer.id(), LogText.line(failure));
        stays.run();
    }

    private static List<Peer> open(List<Peer> peers) {
        return peers.stream().filter(peer -> !peer.hasEnded()).toList();
    }
}
