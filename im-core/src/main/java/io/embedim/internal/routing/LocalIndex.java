package io.embedim.internal.routing;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node by id, by user and by group: the truth for delivery here. Every change costs the same however many sessions there are. Safe for use by any thread; the
 * changes of one connection come one at a time, from its mailbox.
 */
final class LocalIndex {

    private static final Peer[] NOBODY = {};

    private final ConcurrentMap<ConnectionId, Peer> peers = new ConcurrentHashMap<>();
    private final ConcurrentMap<UserId, PeerSet<UserId>> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<GroupId, PeerSet<GroupId>> groups = new ConcurrentHashMap<>();

    void add(Peer peer) {
        peers.put(peer.id(), peer);
    }

    void remove(Peer peer) {
        peers.remove(peer.id());
    }

    @Nullable
    Peer find(ConnectionId id) {
        return peers.get(id);
    }

    Collection<Peer> all() {
        return peers.values();
    }

    int size() {
        return peers.size();
    }

    int users() {
        return users.size();
    }

    int groups() {
        return groups.size();
    }

    PeerSet.Entry<UserId> addToUser(UserId user, Peer peer) {
        return add(users, user, peer);
    }

    void removeFromUser(PeerSet.Entry<UserId> entry) {
        remove(users, entry);
    }

    PeerSet.Entry<GroupId> addToGroup(GroupId group, Peer peer) {
        return add(groups, group, peer);
    }

    void removeFromGroup(PeerSet.Entry<GroupId> entry) {
        remove(groups, entry);
    }

    boolean has(UserId user) {
        return users.containsKey(user);
    }

    Peer[] ofUser(UserId user) {
        PeerSet<UserId> set = users.get(user);
        return set == null ? NOBODY : set.snapshot();
    }

    Peer[] inGroup(GroupId group) {
        PeerSet<GroupId> set = groups.get(group);
        return set == null ? NOBODY : set.snapshot();
    }

    int sizeOf(GroupId group) {
        PeerSet<GroupId> set = groups.get(group);
        return set == null ? 0 : set.size();
    }

    /** For tests: nothing may be left where nobody is. */
    boolean isEmpty() {
        return peers.isEmpty() && users.isEmpty() && groups.isEmpty();
    }

    private static <K> PeerSet.Entry<K> add(ConcurrentMap<K, PeerSet<K>> sets, K key, Peer peer) {
        while (true) {
            PeerSet<K> set = sets.computeIfAbsent(key, PeerSet::new);
            PeerSet.Entry<K> entry = set.add(peer);
            if (entry != null) {
                return entry;
            }
            sets.remove(key, set); // Retired; whoever comes first takes it out.
        }
    }

    private static <K> void remove(ConcurrentMap<K, PeerSet<K>> sets, PeerSet.Entry<K> entry) {
        if (entry.set.remove(entry)) {
            sets.remove(entry.key(), entry.set);
        }
    }
}
