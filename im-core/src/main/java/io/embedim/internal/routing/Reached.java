package io.embedim.internal.routing;

import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import java.util.HashSet;
import java.util.Set;

/**
 * What became of a command.
 *
 * @param sum the replies of all nodes that answered
 * @param unreached the nodes that did not: whether it took effect there is unknown
 */
public record Reached(CommandReply sum, Set<NodeId> unreached) {

    static final Reached NOBODY = new Reached(CommandReply.NOBODY, Set.of());

    Reached plus(Reached other) {
        Set<NodeId> both = unreached;
        if (!other.unreached.isEmpty()) {
            both = new HashSet<>(unreached);
            both.addAll(other.unreached);
        }
        return new Reached(sum.plus(other.sum), both);
    }
}
