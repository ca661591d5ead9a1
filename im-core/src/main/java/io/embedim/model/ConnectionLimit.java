package io.embedim.model;

/**
 * How many connections one proven user may have, and what becomes of one more.
 *
 * @param count how many at the most; 0 for no limit
 * @param replacesOldest true if one more takes the place of the oldest, false if it is refused
 */
public record ConnectionLimit(int count, boolean replacesOldest) {

    /** As many as they like. */
    public static final ConnectionLimit UNLIMITED = new ConnectionLimit(0, false);

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    public ConnectionLimit {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "connections per user are " + count + "; expected 1 or more, or 0 for no limit");
        }
    }

    /**
     * One more is refused, until another one has ended: with HTTP 429, or closed with 4005.
     *
     * @param count how many at the most
     * @return a limit
     */
    public static ConnectionLimit refusing(int count) {
        return new ConnectionLimit(count, false);
    }

    /**
     * One more is let in, and the oldest is closed with 4103.
     *
     * @param count how many at the most
     * @return a limit
     */
    public static ConnectionLimit replacing(int count) {
        return new ConnectionLimit(count, true);
    }

    /**
     * Whether there is no limit.
     *
     * @return true if so
     */
    public boolean isUnlimited() {
        return count == 0;
    }
}
