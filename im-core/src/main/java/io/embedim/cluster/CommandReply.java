package io.embedim.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a node answers to a {@link Command}, when it has taken effect there.
 *
 * @param found how many of the connections that the target names by id, and does not except by id, are open there
 * @param done connections that were changed, closed, or given the message
 * @param unchanged connections that were already as they were to be
 * @param closed connections that were closed or closing when their turn came
 * @param overflowed connections for which too much waited already
 * @param failed connections that a backend, or a rule, kept from changing
 * @param failure why the first of these failed, or null where none did
 */
public record CommandReply(
        long found,
        long done,
        long unchanged,
        long closed,
        long overflowed,
        long failed,
        @Nullable String failure) {

    /** Nobody was meant. */
    public static final CommandReply NOBODY = new CommandReply(0, 0, 0, 0, 0, 0, null);

    /**
     * Both replies in one.
     *
     * @param other another node's
     * @return the sums
     */
    public CommandReply plus(CommandReply other) {
        return new CommandReply(
                found + other.found,
                done + other.done,
                unchanged + other.unchanged,
                closed + other.closed,
                overflowed + other.overflowed,
                failed + other.failed,
                failure != null ? failure : other.failure);
    }
}
