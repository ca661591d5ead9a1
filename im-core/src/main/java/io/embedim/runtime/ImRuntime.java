package io.embedim.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Time, chance and threads, all that the core takes from outside.
 *
 * <p><b>Lifecycle.</b> Made by the application or by {@code ImServer.builder()} ({@link ThreadRuntime}); closed by the server that it was made for.
 *
 * <p><b>Threads.</b> Every method may be called by any thread. Tasks may run on any thread, several at a time; tasks from {@link #executor()} are short, but
 * a lane of outboxes may block in a container's flush, so there should be more than one thread, and threads in reserve.
 *
 * <p><b>How to test with it.</b> {@code ManualRuntime} in im-testkit: no threads, and a clock that stands still until it is told.
 */
public interface ImRuntime extends AutoCloseable {

    /**
     * Runs short tasks soon.
     *
     * @return the executor, the same at each call; it never runs a task inside {@code execute}
     */
    Executor executor();

    /**
     * Runs a task once, later.
     *
     * @param task what to run; short, never blocking
     * @param delay when, counted from now
     * @return takes it back
     */
    Cancellable schedule(Runnable task, Duration delay);

    /**
     * A clock for measuring durations.
     *
     * @return nanoseconds since some moment, never going back
     */
    long nanoTime();

    /**
     * The time of day.
     *
     * @return now
     */
    Instant now();

    /**
     * Where ids come from.
     *
     * @return a generator whose output cannot be guessed, safe for use by any thread
     */
    RandomGenerator random();

    /** Stops the threads, if there are any. Tasks that have not begun are dropped. */
    @Override
    void close();

    /** Takes back a task that was scheduled. */
    @FunctionalInterface
    interface Cancellable {

        /** Takes the task back; without effect where it has begun. */
        void cancel();
    }
}
