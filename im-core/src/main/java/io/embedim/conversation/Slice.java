package io.embedim.conversation;

import java.util.List;

/**
 * A part of a conversation's log, and where the log stands; all of one moment.
 *
 * @param status how it answers what was asked
 * @param top the end of what may be seen; {@link Position#START} where there is nothing
 * @param floor the first place that may be seen and is still there; one above {@code top} where there is none
 * @param floorPrev the mid of the entry below the floor, empty at 1
 * @param entries without a hole, in order; edited messages as they are now, recalled ones without words
 */
public record Slice(Status status, Position top, long floor, String floorPrev, List<Message> entries) {

    /** How a slice answers what was asked (protocol P3). */
    public enum Status {
        /** All there is behind the position. */
        OK,
        /** There is more in the direction that was asked for. */
        MORE,
        /** The position is not of this log. */
        RESET,
        /** What came behind the position is there no more; the entries begin at the floor. */
        TRIMMED,
        /** Nothing of this may be seen: never a member. */
        GONE
    }

    /** Keeps a copy of the entries. */
    public Slice {
        entries = List.copyOf(entries);
    }
}
