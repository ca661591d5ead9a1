package io.embedim.internal.routing;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue of outboxes that have something to write, drained by one task at a time on the executor.
 *
 * <p>A lane is a queue, not a thread: where a container blocks inside a write, {@link #rescue} lets another task of the executor go on with the queue, and the blocked one finds itself
 * replaced when it returns. The watchdog asks for that, and so does who puts in much while nothing is taken out.
 *
 * <p>A thread that waits is blocked by the client; one that has been inside for as long but could run is not: the machine has more to do than time. The difference matters, because readers
 * that stall do so together (what the system buffers for each is full at the same moment). So after a write that waited the lane lets no write block for a while, and those that are stuck
 * too are found by writes that return at once. If a busy machine had the same effect, it would lose the batches just when it needs them.
 */
final class Lane {

    /** Outboxes drained before the executor's other tasks have a turn. */
    private static final int BURST = 256;

    private static final long WAITING_NANOS = 10_000_000L;
    private static final long RUNNING_NANOS = 50_000_000L;
    private static final long CAREFUL_NANOS = 250_000_000L;

    /** How many outboxes are put in, with none taken out, before the one who puts in looks at the clock. */
    private static final int LOOK_AFTER = 16;

    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final Executor executor;
    private final LongSupplier clock;
    private final ArrayDeque<Outbox> dirty = new ArrayDeque<>();
    private @Nullable Runner current;
    private @Nullable Runner spare;
    private int putIn;
    private volatile long carefulUntil;

    Lane(Executor executor, LongSupplier clock) {
        this.executor = executor;
        this.clock = clock;
        this.carefulUntil = clock.getAsLong();
    }

    long now() {
        return clock.getAsLong();
    }

    /** Whether a write may block now, as far as the lane is concerned. */
    boolean mayBlock(long now) {
        return now - carefulUntil >= 0;
    }

    /** Puts an outbox in; each is in at most once, its own flag sees to that. */
    void add(Outbox outbox) {
        Runner start = null;
        boolean look;
        synchronized (this) {
            dirty.add(outbox);
            if (current == null) {
                start = start();
            }
            look = start == null && ++putIn % LOOK_AFTER == 0;
        }
        if (start != null) {
            executor.execute(start);
        } else if (look) {
            rescue(clock.getAsLong());
        }
    }

    /**
     * The same for who puts in several, and then calls {@link #go}, whatever happens. A task that is started for the first would be done with it before the second comes, and would end;
     * to wake a thread for each costs more than to write.
     */
    void put(Outbox outbox) {
        boolean look;
        synchronized (this) {
            dirty.add(outbox);
            look = current != null && ++putIn % LOOK_AFTER == 0;
        }
        if (look) {
            rescue(clock.getAsLong());
        }
    }

    /** Sees to it that somebody is at work where something is in. */
    void go() {
        Runner start;
        synchronized (this) {
            if (current != null || dirty.isEmpty()) {
                return;
            }
            start = start();
        }
        executor.execute(start);
    }

    /** Replaces a task that is blocked inside one outbox, or has been there for very long. */
    void rescue(long now) {
        Runner start;
        Outbox blocked = null;
        synchronized (this) {
            Runner stuck = current;
            if (stuck == null || stuck.inside == null || dirty.isEmpty()) {
                return;
            }
            long since = now - stuck.since;
            if (since >= WAITING_NANOS && WAITS.contains(stuck.thread.getState())) {
                blocked = stuck.inside;
                carefulUntil = now + CAREFUL_NANOS;
            } else if (since < RUNNING_NANOS) {
                return;
            }
            start = start();
        }
        if (blocked != null) {
            blocked.hasBlocked(now);
        }
        executor.execute(start);
    }

    private synchronized void begins(Runner runner) {
        runner.thread = Thread.currentThread();
    }

    /** Null where the task has been replaced, or nothing is left; it must not touch the lane any more then. */
    private synchronized @Nullable Outbox next(Runner runner) {
        runner.inside = null;
        if (!hasMore(runner)) {
            return null;
        }
        putIn = 0;
        runner.inside = dirty.poll();
        runner.since = clock.getAsLong();
        return runner.inside;
    }

    private synchronized boolean pause(Runner runner) {
        runner.inside = null;
        return hasMore(runner);
    }

    private boolean hasMore(Runner runner) {
        if (current != runner) {
            return false;
        }
        if (dirty.isEmpty()) {
            current = null;
            spare = runner;
            return false;
        }
        return true;
    }

    private Runner start() {
        Runner start = spare == null ? new Runner() : spare;
        spare = null;
        current = start;
        return start;
    }

    private final class Runner implements Runnable {

        private @Nullable Outbox inside; // Guarded by the lane, as are the next two.
        private long since; // Read by its own task without the lock.
        private Thread thread = Thread.currentThread();

        @Override
        public void run() {
            begins(this);
            for (int i = 0; i < BURST; i++) {
                Outbox outbox = next(this);
                if (outbox == null) {
                    return;
                }
                outbox.drain(since);
            }
            if (pause(this)) {
                executor.execute(this);
            }
        }
    }
}
