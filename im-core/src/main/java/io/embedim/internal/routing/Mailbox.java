package io.embedim.internal.routing;

import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, each only when the stage of the one before has completed.
 *
 * <p>A task that is posted to an idle mailbox runs at once, on the poster's thread. After a task that had to wait, the next one runs on the executor: a backend's thread is not ours to
 * keep. A task that posts finds the mailbox busy, so nothing nests. Tasks must not throw.
 */
final class Mailbox {

    private final Executor executor;
    private @Nullable ArrayDeque<Supplier<@Nullable CompletionStage<?>>> waiting;
    private boolean busy;
    private boolean closed;

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /**
     * Runs a task in its turn.
     *
     * @param task answers the stage to wait for, or null for none
     * @return false where the mailbox is closed, and the task will not run
     */
    boolean post(Supplier<@Nullable CompletionStage<?>> task) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            if (busy) {
                if (waiting == null) {
                    waiting = new ArrayDeque<>(4);
                }
                waiting.add(task);
                return true;
            }
            busy = true;
        }
        run(task);
        return true;
    }

    /** Takes nothing more; what waits already still runs. */
    synchronized void close() {
        closed = true;
    }

    /** Whether it takes nothing more. */
    synchronized boolean isClosed() {
        return closed;
    }

    private void run(Supplier<@Nullable CompletionStage<?>> first) {
        Supplier<@Nullable CompletionStage<?>> task = first;
        while (task != null) {
            CompletionStage<?> stage = task.get();
            if (stage != null && !stage.toCompletableFuture().isDone()) {
                stage.whenComplete((value, failure) -> executor.execute(this::resume));
                return;
            }
            task = next();
        }
    }

    private void resume() {
        Supplier<@Nullable CompletionStage<?>> task = next();
        if (task != null) {
            run(task);
        }
    }

    private synchronized @Nullable Supplier<@Nullable CompletionStage<?>> next() {
        if (waiting == null || waiting.isEmpty()) {
            waiting = null;
            busy = false;
            return null;
        }
        return waiting.poll();
    }
}
