package io.embedim.internal.routing;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node that a target means, each once, without those it excepts. Costs as much as the target and its exceptions have connections.
 *
 * @param peers the connections; not to be changed
 * @param found how many of those that the target names by id are open here
 */
record Selection(Collection<Peer> peers, int found) {

    /** Who has not been let in yet is nobody's to speak to, but may be closed. */
    static Selection of(Target target, LocalIndex index, boolean alsoWaiting) {
        int found = found(target, index, alsoWaiting);
        boolean plain = target.excepted().isEmpty();
        GroupId only = plain ? onlyGroup(target) : null;
        if (only != null) {
            return new Selection(Arrays.asList(index.inGroup(only)), found);
        }
        Collection<Peer> meant = target.everybody() ? index.all() : collect(target.included(), index);
        Set<Peer> excepted = plain ? Set.of() : collect(target.excepted(), index);
        List<Peer> peers = new ArrayList<>(meant.size());
        for (Peer peer : meant) {
            if ((alsoWaiting || peer.wasAdmitted()) && !excepted.contains(peer)) {
                peers.add(peer);
            }
        }
        return new Selection(peers, found);
    }

    /** Whether nobody on another node can be meant. */
    static boolean isHere(Target target, LocalIndex index) {
        Target.Ids ids = target.included();
        return !target.everybody()
                && ids.users().isEmpty()
                && ids.groups().isEmpty()
                && ids.connections().stream().allMatch(id -> index.find(id) != null);
    }

    private static int found(Target target, LocalIndex index, boolean alsoWaiting) {
        int found = 0;
        for (ConnectionId id : target.included().connections()) {
            Peer peer = index.find(id);
            if (peer != null
                    && (alsoWaiting || peer.wasAdmitted())
                    && !target.excepted().connections().contains(id)) {
                found++;
            }
        }
        return found;
    }

    private static @Nullable GroupId onlyGroup(Target target) {
        Target.Ids ids = target.included();
        boolean one = !target.everybody()
                && ids.connections().isEmpty()
                && ids.users().isEmpty()
                && ids.groups().size() == 1;
        return one ? ids.groups().iterator().next() : null;
    }

    private static Set<Peer> collect(Target.Ids ids, LocalIndex index) {
        Set<Peer> peers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ConnectionId id : ids.connections()) {
            Peer peer = index.find(id);
            if (peer != null) {
                peers.add(peer);
            }
        }
        for (UserId user : ids.users()) {
            peers.addAll(List.of(index.ofUser(user)));
        }
        for (GroupId group : ids.groups()) {
            peers.addAll(List.of(index.inGroup(group)));
        }
        return peers;
    }
}
