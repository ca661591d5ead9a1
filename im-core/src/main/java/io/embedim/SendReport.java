package io.embedim;

import io.embedim.cluster.NodeId;
import java.util.Set;

/**
 * What became of a message to a target, counted in connections.
 *
 * @param queued those that it waits for in their outbox, to be written in its turn
 * @param closed those that were closed or closing, and those named by id that no node knows
 * @param overflowed those for which too much waits already: a droppable message was left out, any other one closes them with 4002 unless the policy for slow consumers spares them
 * @param unreached nodes that did not answer in time: whether their connections got it is unknown, and the other counts leave them out
 */
public record SendReport(long queued, long closed, long overflowed, Set<NodeId> unreached) {

    /** Copies the nodes. */
    public SendReport {
        unreached = Set.copyOf(unreached);
    }
}
