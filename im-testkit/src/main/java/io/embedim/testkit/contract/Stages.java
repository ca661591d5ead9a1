package io.embedim.testkit.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for stages, with a bound, and says which one did not come. */
final class Stages {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For what should not happen: a slow backend is then taken for a correct one, never the other way round. */
    static final Duration BRIEFLY = Duration.ofMillis(500);

    /** Far more than any listing of a contract has. Pages are counted, not items: a page may be empty and still name a next one. */
    static final int MAX_PAGES = 10_000;

    private Stages() {}

    static <T extends @Nullable Object> T await(String what, CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(what + ": the stage did not complete within " + PATIENCE, e);
        } catch (ExecutionException e) {
            throw new AssertionError(what + ": the stage failed with " + e.getCause(), e.getCause());
        } catch (CancellationException e) {
            throw new AssertionError(what + ": the stage was cancelled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + ": interrupted while waiting", e);
        }
    }

    /** Calls, where a call that throws is the author's fault and named so. */
    static <T extends @Nullable Object> T call(String what, Callable<? extends CompletionStage<T>> call) {
        CompletionStage<T> stage;
        try {
            stage = call.call();
        } catch (Exception e) {
            throw new AssertionError(what + ": the call threw " + e + "; expected a stage", e);
        }
        return await(what, stage);
    }

    /** Whether a stage fails; one that does neither counts as failed, for it tells nobody that it went well. */
    static boolean fails(CompletionStage<?> stage, Duration within) {
        try {
            stage.toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException | TimeoutException | CompletionException | CancellationException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Runs all tasks at once, each on a thread of its own, and waits for them. */
    static <T extends @Nullable Object> List<T> together(List<? extends Callable<T>> tasks) {
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            FutureTask<T> future = new FutureTask<>(() -> {
                start.await();
                return task.call();
            });
            Thread thread = new Thread(future, "contract-" + running.size());
            thread.setDaemon(true);
            thread.start();
            running.add(future);
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        running.forEach(future -> results.add(result(future)));
        return results;
    }

    private static <T extends @Nullable Object> T result(Future<T> future) {
        try {
            return future.get(6 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError error) {
                throw error;
            }
            throw new AssertionError("a thread of the test failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a thread of the test did not end: a call blocks its caller", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    /** Lets time pass, for backends with a clock of their own. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
