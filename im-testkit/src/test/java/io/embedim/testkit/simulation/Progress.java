package io.embedim.testkit.simulation;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Tells how far a long simulation is, every ten seconds and at its end. For one caller at a time. */
final class Progress implements LongConsumer {

    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final long count;
    private final long start = System.nanoTime();
    private long told = start;

    Progress(long count) {
        this.count = count;
    }

    @Override
    public void accept(long done) {
        long now = System.nanoTime();
        if (now - told < PAUSE && done < count) {
            return;
        }
        told = now;
        double seconds = Math.max(1, now - start) / 1e9;
        System.out.printf("%,d of %,d seeds, %.0f a second%n", done, count, done / seconds);
    }
}
