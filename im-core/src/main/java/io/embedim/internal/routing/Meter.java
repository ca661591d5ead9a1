package io.embedim.internal.routing;

import io.embedim.model.Rate;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket in one number: the time at which it is full again (the generic cell rate algorithm of ITU-T I.371). Safe for use by any thread.
 */
final class Meter extends AtomicLong {

    private static final long serialVersionUID = 1L;

    /** Some decades: beyond that, sums would overflow. */
    private static final double MOST_NANOS = 1e18;

    Meter(long now) {
        super(now);
    }

    /**
     * Takes so much, where there is as much; a full bucket gives anything.
     *
     * @return 0, or in how many nanoseconds there is as much; then nothing was taken
     */
    long take(Rate rate, long amount, long now) {
        double nanosEach = (double) rate.period().toNanos() / rate.amount();
        long cost = (long) Math.min(amount * nanosEach, MOST_NANOS);
        long room = (long) Math.min(rate.burst() * nanosEach, MOST_NANOS);
        while (true) {
            long full = get();
            long from = full - now > 0 ? full : now;
            long wait = from + cost - now - room;
            if (wait > 0 && from != now) {
                return Math.min(wait, from - now);
            }
            if (compareAndSet(full, from + cost)) {
                return 0;
            }
        }
    }

    /** Whether it is full, so that a new one is as good. */
    boolean isFull(long now) {
        return get() - now <= 0;
    }
}
