package io.embedim.internal.routing;

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
 *
 * <p>To wake a thread costs more than to write a message to one client, and takes longer. So where one client alone is to be written to and the lane has had nothing to do for a while, who puts it
 * in writes to it, by a write that returns at once. What comes right behind is for the executor, where messages gather.
 */
final class Lane {

    /** Outboxes drained before the executor's other tasks have a turn. */
    private static final int BURST = 256;

    private static final long WAITING_NANOS = 10_000_000L;
    private static final long RUNNING_NANOS = 50_000_000L;
    private static final long CAREFUL_NANOS = 250_000_000L;

    /** A lane that has had nothing to do for so long is idle; less than a thread takes to wake and write. */
    private static final long IDLE_NANOS = 30_000L;

    /** How many outboxes are put in, with none taken out, before the one who puts in looks at the clock. */
    private static final int LOOK_AFTER = 16;

    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final Executor executor;
    private final LongSupplier clock;
    private @Nullable Outbox first;
    private @Nullable Outbox last;
    private @Nullable Runner current;
    private @Nullable Runner spare;
    private int putIn;
    private long lastStart;
    private volatile long carefulUntil;

    Lane(Executor executor, LongSupplier clock) {
        this.executor = executor;
        this.clock = clock;
        this.carefulUntil = clock.getAsLong();
        this.lastStart = carefulUntil;
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
        add(outbox, outbox, 1);
    }

    /** Puts several in, each of which is followed by the next. */
    void add(Outbox head, Outbox tail, int size) {
        Runner start;
        boolean look;
        synchronized (this) {
            start = put(head, tail);
            look = start == null && isToLook(size);
        }
        go(start, look);
    }

    /** Puts one in, and writes it on this thread where the lane is idle. The caller holds no lock. */
    void addAndWrite(Outbox outbox) {
        long now = clock.getAsLong();
        Runner start;
        boolean look;
        boolean idle;
        synchronized (this) {
            start = put(outbox, outbox);
            look = start == null && isToLook(1);
            idle = now - lastStart >= IDLE_NANOS;
            lastStart = now;
        }
        if (start != null && idle) {
            start.writeOne();
        } else {
            go(start, look);
        }
    }

    private void go(@Nullable Runner start, boolean look) {
        if (start != null) {
            executor.execute(start);
        } else if (look) {
            rescue(clock.getAsLong());
        }
    }

    /** What is to be started, if nobody is at it. */
    private @Nullable Runner put(Outbox head, Outbox tail) {
        if (last == null) {
            first = head;
        } else {
            last.isFollowedBy(head);
        }
        last = tail;
        return current == null ? start() : null;
    }

    private boolean isToLook(int size) {
        boolean look = putIn % LOOK_AFTER + size >= LOOK_AFTER;
        putIn += size;
        return look;
    }

    /** Replaces a task that is blocked inside one outbox, or has been there for very long. */
    void rescue(long now) {
        Runner start;
        Outbox blocked = null;
        synchronized (this) {
            Runner stuck = current;
            if (stuck == null || stuck.inside == null || first == null) {
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

    /** Null where the task has been replaced, or nothing is left; it must not touch the lane any more then, nor itself. */
    private synchronized @Nullable Outbox next(Runner runner, long now) {
        runner.inside = null;
        if (!hasMore(runner)) {
            return null;
        }
        putIn = 0;
        Outbox next = poll();
        runner.inside = next;
        runner.since = now;
        return next;
    }

    private synchronized boolean pause(Runner runner) {
        runner.inside = null;
        return hasMore(runner);
    }

    private boolean hasMore(Runner runner) {
        if (current != runner) {
            return false;
        }
        if (first == null) {
            current = null;
            spare = runner;
            return false;
        }
        return true;
    }

    private @Nullable Outbox poll() {
        Outbox head = first;
        if (head != null) {
            first = head.following();
            if (first == null) {
                last = null;
            }
        }
        return head;
    }

    private Runner start() {
        Runner start = spare == null ? new Runner() : spare;
        spare = null;
        current = start;
        return start;
    }

    private final class Runner implements Runnable {

        private @Nullable Outbox inside; // Guarded by the lane, as are the next two.
        private long since;
        private Thread thread = Thread.currentThread();

        /** Nobody else has it, so most writes need no other. It knows the time since the last one, and the clock is read once for each. */
        private Write free = new Write();

        @Override
        public void run() {
            drain(BURST, false);
        }

        /** On the thread that has put it in, which is not the lane's: no write may block it, and what others put in meanwhile is not for it. */
        void writeOne() {
            drain(1, true);
        }

        private void drain(int most, boolean careful) {
            begins(this);
            free.since = clock.getAsLong();
            for (int i = 0; i < most; i++) {
                Outbox outbox = next(this, free.since);
                if (outbox == null) {
                    return;
                }
                free = outbox.drain(free, careful);
            }
            if (pause(this)) {
                executor.execute(this);
            }
        }
    }
}
