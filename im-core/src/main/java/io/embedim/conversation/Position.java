package io.embedim.conversation;

/**
 * A place in a conversation's log.
 *
 * @param epoch which log: a log that lost its beginning or its place starts a new epoch
 * @param seq the number in the log, 1 and up without holes; 0 stands before the first
 * @param mid the message at that place, empty at 0
 */
public record Position(String epoch, long seq, String mid) {

    /** Before everything, in whatever log. */
    public static final Position START = new Position("", 0, "");

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Position {
        if (seq < 0) {
            throw new IllegalArgumentException("seq is " + seq + "; expected 0 or more");
        }
    }
}
