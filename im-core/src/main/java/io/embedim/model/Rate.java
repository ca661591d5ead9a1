package io.embedim.model;

import java.time.Duration;
import java.util.Objects;

/**
 * How much may come in how much time, and how much at once: a token bucket that holds {@code burst} and is refilled with {@code amount} every {@code period}, evenly.
 *
 * <p>Of what, is for the limit to say: frames, or bytes. One thing that is larger than the burst may come where nothing has come before it. Immutable.
 *
 * @param amount how much in a period; 1 or more
 * @param period how long that takes; up to a day
 * @param burst how much at once, after a pause; 1 or more
 */
public record Rate(long amount, Duration period, long burst) {

    /** No limit. */
    public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE, Duration.ofSeconds(1), Long.MAX_VALUE);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive, or the period longer than a day
     */
    public Rate {
        Objects.requireNonNull(period, "period");
        if (amount < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate of " + amount + " with a burst of " + burst + "; expected 1 or more");
        }
        if (period.isNegative() || period.isZero() || period.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("period is " + period + "; expected more than zero and at most a day");
        }
    }

    /**
     * So much a second, and as much at once.
     *
     * @param amount how much
     * @return a rate
     */
    public static Rate perSecond(long amount) {
        return new Rate(amount, Duration.ofSeconds(1), amount);
    }

    /**
     * So much a minute, and as much at once.
     *
     * @param amount how much
     * @return a rate
     */
    public static Rate perMinute(long amount) {
        return new Rate(amount, Duration.ofMinutes(1), amount);
    }

    /**
     * The same rate with another burst.
     *
     * @param most how much at once
     * @return a copy
     */
    public Rate withBurst(long most) {
        return new Rate(amount, period, most);
    }

    /**
     * Whether this is no limit at all.
     *
     * @return true for {@link #UNLIMITED}
     */
    public boolean isUnlimited() {
        return equals(UNLIMITED);
    }
}
