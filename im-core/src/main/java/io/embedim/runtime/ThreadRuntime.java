package io.embedim.runtime;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The usual runtime: daemon threads of its own, the system's clock, a secure random generator.
 *
 * <p>Threads are made when there is work and end after a minute without. Safe for use by any thread; {@link #close()} interrupts what runs; what comes
 * afterwards is dropped.
 */
public final class ThreadRuntime implements ImRuntime {

    private static final AtomicInteger RUNTIMES = new AtomicInteger();

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    private ThreadRuntime(String name) {
        workers = (ThreadPoolExecutor) Executors.newCachedThreadPool(threads(name + "-worker-"));
        workers.setKeepAliveTime(60, TimeUnit.SECONDS);
        workers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer = new ScheduledThreadPoolExecutor(1, threads(name + "-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts a runtime whose threads are named {@code im-<n>-…}.
     *
     * @return a runtime, to be closed
     */
    public static ThreadRuntime start() {
        return new ThreadRuntime("im-" + RUNTIMES.incrementAndGet());
    }

    @Override
    public Executor executor() {
        return workers;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
