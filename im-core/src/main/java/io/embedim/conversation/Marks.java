package io.embedim.conversation;

import io.embedim.conversation.Watermarks.Kind;

/**
 * How far a user has read and received in a conversation.
 *
 * @param read up to where it has been seen; {@link Position#START} for nothing
 * @param recv up to where a device has stored it; {@link Position#START} for nothing
 */
public record Marks(Position read, Position recv) {

    /** Nothing yet. */
    public static final Marks NONE = new Marks(Position.START, Position.START);

    /**
     * What stands after a mark was raised (Q2 to Q4), for authors of watermarks.
     *
     * @param kind which mark
     * @param position how far
     * @return the marks afterwards; equal to these where nothing changes
     */
    public Marks advanced(Kind kind, Position position) {
        return new Marks(kind == Kind.READ ? higher(read, position) : read, higher(recv, position));
    }

    private static Position higher(Position before, Position position) {
        boolean raises = position.seq() > before.seq() || !position.epoch().equals(before.epoch());
        return position.seq() > 0 && raises ? position : before;
    }
}
