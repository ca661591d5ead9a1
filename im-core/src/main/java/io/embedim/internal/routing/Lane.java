package io.embedim.internal.routing;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue of outboxes that have something to write, drained by one task at a time on the executor.
 *
 * <p>A lane is a queue, not a thread: where a container blocks inside a write, {@link #rescue} lets another task of the executor go on with the queue, and the blocked one finds itself
 * replaced when it returns.
 */
final class Lane {

    /** Outboxes drained before the executor's other tasks have a turn. */
    private static final int BURST = 256;

    private final Executor executor;
    private final LongSupplier clock;
    private final ArrayDeque<Outbox> dirty = new ArrayDeque<>();
    private @Nullable Runner current;

    Lane(Executor executor, LongSupplier clock) {
        this.executor = executor;
        this.clock = clock;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Puts an outbox in; each is in at most once, its own flag sees to that. */
    void add(Outbox outbox) {
        Runner start = null;
        synchronized (this) {
            dirty.add(outbox);
            if (current == null) {
                start = new Runner();
                current = start;
            }
        }
        if (start != null) {
            executor.execute(start);
        }
    }

    /** Replaces a task that has been inside one outbox for longer than this. */
    void rescue(long now, long patienceNanos) {
        Runner start;
        synchronized (this) {
            Runner stuck = current;
            if (stuck == null || !stuck.inside || now - stuck.since < patienceNanos || dirty.isEmpty()) {
                return;
            }
            start = new Runner();
            current = start;
        }
        executor.execute(start);
    }

    private synchronized @Nullable Outbox next(Runner runner, boolean last) {
        runner.inside = false;
        if (current != runner) {
            return null;
        }
        if (dirty.isEmpty()) {
            current = null;
            return null;
        }
        if (last) {
            return null;
        }
        runner.inside = true;
        runner.since = clock.getAsLong();
        return dirty.poll();
    }

    private synchronized boolean isCurrent(Runner runner) {
        return current == runner;
    }

    private final class Runner implements Runnable {

        private boolean inside; // Guarded by the lane, as is since.
        private long since;

        @Override
        public void run() {
            for (int i = 0; i <= BURST; i++) {
                Outbox outbox = next(this, i == BURST);
                if (outbox == null) {
                    break;
                }
                outbox.drain();
            }
            if (isCurrent(this)) {
                executor.execute(this);
            }
        }
    }
}
