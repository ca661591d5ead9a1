package io.embedim.testkit.simulation;

import io.embedim.runtime.ImRuntime;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The runtime of one simulated process. Tasks run in any order, as on many threads; after the process's end none does. */
final class SimulatedRuntime implements ImRuntime {

    private static final int LONGEST_WAIT_NANOS = 50_000;

    private final VirtualTime time;
    private final Supplier<Duration> skew;
    private final SplittableRandom random;
    private boolean ended;
    private long stalledUntil;

    SimulatedRuntime(VirtualTime time, Supplier<Duration> skew, SplittableRandom random) {
        this.time = time;
        this.skew = skew;
        this.random = random;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public Executor executor() {
        return task -> time.after(random.nextInt(LONGEST_WAIT_NANOS), () -> run(task));
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        return time.after(delay.toNanos(), () -> run(task))::run;
    }

    private void run(Runnable task) {
        if (ended) {
            return;
        } else if (time.nanos() < stalledUntil) {
            time.inOrder(stalledUntil - time.nanos(), () -> run(task));
        } else {
            task.run();
        }
    }

    /** The process stands still: what is due meanwhile is done when it goes on. */
    void stall(long nanos) {
        stalledUntil = time.nanos() + nanos;
    }

    long stalledUntil() {
        return stalledUntil;
    }

    @Override
    public long nanoTime() {
        return time.nanos();
    }

    @Override
    public Instant now() {
        return ManualRuntime.START.plusNanos(time.nanos()).plus(skew.get());
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        ended = true;
    }
}
