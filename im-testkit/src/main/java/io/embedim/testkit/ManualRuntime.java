package io.embedim.testkit;

import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A runtime without threads, whose clock stands still: a test runs the tasks and moves the time, so every run is the same.
 *
 * <p><b>Threads.</b> Tasks and timers may be added by any thread; what runs them is the thread that calls {@link #runAll()} or {@link #advance}.
 *
 * <p><b>Ordering.</b> Tasks run in the order in which they were added; timers in the order of their time, those of one time in the order of their making. A timer puts
 * its task on the queue of tasks. <b>Failure.</b> What a task throws comes out of the method that ran it.
 */
public final class ManualRuntime implements ImRuntime {

    /** Where the clock stands at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** More tasks than this without a pause are taken for a loop without end. */
    private static final int MAX_TASKS = 10_000_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private final Random random;
    private long nanos;
    private long timersMade;
    private boolean closed;

    /** A runtime with seed 0. */
    public ManualRuntime() {
        this(0);
    }

    /**
     * A runtime with a seed.
     *
     * @param seed what {@link #random()} starts from
     */
    public ManualRuntime(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Runs tasks until none is left, those included that they add. No timer goes off.
     *
     * @return how many ran
     * @throws AssertionError if it does not end
     */
    public int runAll() {
        int ran = 0;
        while (runNext()) {
            ran++;
            if (ran > MAX_TASKS) {
                throw new AssertionError("tasks go on adding tasks: more than " + MAX_TASKS + " ran without a pause");
            }
        }
        return ran;
    }

    /**
     * Runs the next task.
     *
     * @return false if there was none
     */
    public boolean runNext() {
        Runnable next = nextTask();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /**
     * Runs all tasks, then moves the clock, stopping at each timer on the way to run its task and what follows from it.
     *
     * @param time how far
     */
    public void advance(Duration time) {
        runAll();
        long end = nanoTime() + time.toNanos();
        while (passToNextTimer(end)) {
            runAll();
        }
    }

    /**
     * How many tasks wait.
     *
     * @return tasks on the queue; timers are not counted
     */
    public synchronized int pendingTasks() {
        return tasks.size();
    }

    /**
     * How many timers wait.
     *
     * @return timers that were neither cancelled nor reached
     */
    public synchronized int pendingTimers() {
        return timers.size();
    }

    @Override
    public Executor executor() {
        return this::add;
    }

    @Override
    public synchronized Cancellable schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(nanos + Math.max(0, delay.toNanos()), timersMade++, task);
        if (!closed) {
            timers.add(timer);
        }
        return () -> cancel(timer);
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanoTime());
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Drops tasks and timers, and takes no more. */
    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
        timers.clear();
    }

    private synchronized void add(Runnable task) {
        if (!closed) {
            tasks.add(task);
        }
    }

    private synchronized @Nullable Runnable nextTask() {
        return tasks.poll();
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    private synchronized boolean passToNextTimer(long end) {
        Timer next = timers.peek();
        if (next == null || next.at() > end) {
            nanos = Math.max(nanos, end);
            return false;
        }
        timers.remove(next);
        nanos = Math.max(nanos, next.at());
        tasks.add(next.task());
        return true;
    }

    private record Timer(long at, long number, Runnable task) {}
}
