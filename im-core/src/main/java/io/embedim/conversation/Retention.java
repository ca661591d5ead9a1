package io.embedim.conversation;

import java.time.Duration;

/**
 * How much of each conversation is kept. Whichever bound is met first counts; what is beyond goes with the next append to the conversation.
 *
 * @param entries at most how many entries; 0 keeps none
 * @param age at most how old
 * @param bytes at most how much, as {@link Message#weight} counts
 */
public record Retention(int entries, Duration age, long bytes) {

    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    /** Keeps nothing: what was said is numbered, delivered and forgotten. */
    public static final Retention NONE = new Retention(0, Duration.ZERO, 0);

    /** A thousand entries, thirty days and one MiB in each conversation. */
    public static final Retention DEFAULT = new Retention(1_000, Duration.ofDays(30), 1 << 20);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative, or the age above a hundred years
     */
    public Retention {
        if (entries < 0 || age.isNegative() || age.compareTo(LONGEST) > 0 || bytes < 0) {
            throw new IllegalArgumentException("retention of " + entries + " entries, " + age + ", " + bytes
                    + " bytes; expected 0 or more of each, and at most a hundred years");
        }
    }
}
