package io.embedim.session;

import io.embedim.model.ImException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs what blocks on an executor, a bounded number of calls at a time, and gives each up after a time-out. */
final class BlockingCalls {

    private final Executor executor;
    private final Semaphore free;
    private final int maxWaiting;
    private final Duration timeOut;

    BlockingCalls(Executor executor, int maxWaiting, Duration timeOut) {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("maxWaiting is " + maxWaiting + "; expected 1 or more");
        }
        if (timeOut.isZero() || timeOut.isNegative()) {
            throw new IllegalArgumentException("timeOut is " + timeOut + "; expected more than zero");
        }
        this.executor = executor;
        this.free = new Semaphore(maxWaiting);
        this.maxWaiting = maxWaiting;
        this.timeOut = timeOut;
    }

    CompletionStage<Void> run(String what, Step step) {
        return call(what, () -> {
            step.run();
            return null;
        });
    }

    <T extends @Nullable Object> CompletionStage<T> call(String what, Callable<T> step) {
        if (!free.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new ImException(what + " was not tried: " + maxWaiting + " calls are waiting already"));
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        CompletableFuture<Void> timer =
                new CompletableFuture<Void>().orTimeout(timeOut.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = timer.whenComplete((done, late) -> {
            if (late instanceof TimeoutException) {
                // The JDK has one thread for all its timers; whoever waits for the outcome must not hold it up.
                ForkJoinPool.commonPool().execute(() -> outcome.completeExceptionally(unknown(what)));
            }
        });
        try {
            executor.execute(() -> attempt(what, step, outcome, timer));
        } catch (RejectedExecutionException e) {
            free.release();
            timer.cancel(false);
            return CompletableFuture.failedFuture(new ImException(what + " was not tried: the executor refused it", e));
        }
        return outcome;
    }

    private <T extends @Nullable Object> void attempt(
            String what, Callable<T> step, CompletableFuture<T> outcome, CompletableFuture<Void> timer) {
        if (timer.isDone()) {
            free.release();
            return;
        }
        T value;
        try {
            value = step.call();
        } catch (Throwable e) {
            outcome.completeExceptionally(new ImException(what + " failed", e));
            return;
        } finally {
            free.release();
            timer.cancel(false);
        }
        outcome.complete(value);
    }

    private ImException unknown(String what) {
        return new ImException("unknown outcome: " + what + " took longer than " + timeOut);
    }

    /** Something to do that may throw. */
    @FunctionalInterface
    interface Step {

        void run() throws Exception;
    }
}
