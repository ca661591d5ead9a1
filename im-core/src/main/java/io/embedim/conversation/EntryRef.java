package io.embedim.conversation;

/**
 * One entry of a conversation's log, named twice over: where the place has been given anew, the mid does not fit.
 *
 * @param seq its place, 1 and up
 * @param mid its name
 */
public record EntryRef(long seq, String mid) {

    /**
     * Checks the place.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public EntryRef {
        if (seq < 1) {
            throw new IllegalArgumentException("seq is " + seq + "; expected 1 or more");
        }
    }
}
