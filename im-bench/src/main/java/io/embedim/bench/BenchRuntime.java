package io.embedim.bench;

import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * A runtime without threads: what the core hands on waits until {@link #runAll()}, so the thread that is measured does all the work. For one thread.
 *
 * <p>Timers never run; the watchdog is none of a frame's cost.
 */
final class BenchRuntime implements ImRuntime {

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom(1);

    /** Runs what has been handed on, and what that hands on. */
    void runAll() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    @Override
    public Executor executor() {
        return waiting::add;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        return () -> {};
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
