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
 * <p>To wake a thread costs more than to write a message to some clients, and takes longer; it is worth it where messages gather meanwhile and share a write. So the lane remembers how often they
 * did. Where they hardly do, who brings a message for a few writes it himself, by writes that return at once, but for now and then, when it is tried again whether they would gather.
 */
final class Lane {

    /** Outboxes drained before the executor's other tasks have a turn. */
    private static final int BURST = 256;

    private static final long WAITING_NANOS = 10_000_000L;
    private static final long RUNNING_NANOS = 50_000_000L;
    private static final long CAREFUL_NANOS = 250_000_000L;

    /** The share of writes with more than one message, in so many parts. */
    private static final int WHOLE = 1024;

    /** With a smaller share it does not pay to wait for more. */
    private static final int FEW = WHOLE / 8;

    /** About so many of the last writes count. */
    private static final int MEMORY_BITS = 5;

    /** One of so many turns is for the executor, where it is seen whether messages gather. A power of two. */
    private static final int TRIALS = 16;

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
    private volatile int gathering; // By whoever has just written; one that is lost now and then does not matter. The same for the next.
    private int turns;
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

    /** Whether who brings messages for a few writes them himself; not each time it is asked. */
    boolean isForWhoBrings() {
        return gathering <= FEW && (++turns & (TRIALS - 1)) != 0;
    }

    /** The executor has written so many messages at once. */
    void wrote(int frames) {
        int before = gathering;
        int now = before + (((frames > 1 ? WHOLE : 0) - before) >> MEMORY_BITS);
        if (now != before) { // To write what all threads see costs more than to look.
            gathering = now;
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
            begins(this);
            free.since = clock.getAsLong();
            for (int i = 0; i < BURST; i++) {
                Outbox outbox = next(this, free.since);
                if (outbox == null) {
                    return;
                }
                free = outbox.drain(free, false);
            }
            if (pause(this)) {
                executor.execute(this);
            }
        }
    }
}
