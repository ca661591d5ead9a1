package io.embedim.conversation;

import java.time.Duration;

/**
 * What an {@link InMemoryBroker} may keep.
 *
 * @param retention of each conversation
 * @param totalBytes of all conversations together, as {@link Message#weight} counts; beyond it conversations lose the older half of what they have, those idle longest first (by a
 *     sample)
 * @param dedupeWindow how long a repetition is known as one, guaranteed
 * @param dedupeIds how many ids may be known at a time, about 200 bytes each; while all are younger than the window, appends with an id fail
 */
public record LogLimits(Retention retention, long totalBytes, Duration dedupeWindow, int dedupeIds) {

    /** Nothing is kept and no repetition known. */
    public static final LogLimits NONE = new LogLimits(Retention.NONE, 0, Duration.ZERO, 0);

    /** {@link Retention#DEFAULT}, 64 MiB in all, and 200,000 ids for ten minutes. */
    public static final LogLimits DEFAULT =
            new LogLimits(Retention.DEFAULT, 64L << 20, Duration.ofMinutes(10), 200_000);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public LogLimits {
        if (totalBytes < 0 || dedupeWindow.isNegative() || dedupeIds < 0) {
            throw new IllegalArgumentException("limits of " + totalBytes + " bytes, a window of " + dedupeWindow
                    + " and " + dedupeIds + " ids; expected 0 or more of each");
        }
    }
}
