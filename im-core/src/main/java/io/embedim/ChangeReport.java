package io.embedim;

import io.embedim.cluster.NodeId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change to a target, counted in connections.
 *
 * @param changed those that were changed
 * @param unchanged those that were already as they were to be
 * @param closed those that were closed or closing when their turn came, and those named by id that no node knows
 * @param failed those that a backend, or a rule, kept from changing; they are as they were
 * @param failure why the first of these failed, or null where none did
 * @param unreached nodes that did not answer in time: whether their connections were changed is unknown, and the other counts leave them out
 */
public record ChangeReport(
        long changed,
        long unchanged,
        long closed,
        long failed,
        @Nullable String failure,
        Set<NodeId> unreached) {

    /** Copies the nodes. */
    public ChangeReport {
        unreached = Set.copyOf(unreached);
    }

    /**
     * Whether all that were meant are now as they were to be.
     *
     * @return true where nothing failed and every node answered
     */
    public boolean isComplete() {
        return failed == 0 && unreached.isEmpty();
    }
}
