package io.embedim.internal.routing;

import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.security.SlowConsumerPolicy.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one connection: bounded, one write in flight, no recursion however the connection calls back.
 *
 * <p>{@link #offer} only puts in and wakes the lane; the lane calls {@link #drain}, which writes all that has gathered by then as one batch. Under load many messages share a write; when
 * idle nothing waits longer than the lane takes to wake.
 *
 * <p>States: open → closing (writes what waits, then closes) → closed. Nothing leads back. No lock is held while the connection is called.
 */
final class Outbox {

    /** One batch at the most; what fits into a socket buffer. */
    static final int BATCH_FRAMES = 64;

    static final int BATCH_BYTES = 64 * 1024;

    /** Writes that complete at once, before other connections of the lane have their turn. */
    private static final int ROUNDS = 4;

    /** A batch that may not block, at the most: some containers take a thread for each frame of it. */
    private static final int CAREFUL_FRAMES = 16;

    private static final long SLOW_FOR_LEAST_NANOS = 1_000_000_000L;
    private static final long SLOW_FOR_MOST_NANOS = 10_000_000_000L;

    /** Above this part of the limit an outbox that waits for its lane holds up who sends to it. */
    private static final int PRESSED_PART = 8;

    private final Connection connection;
    private final Lane lane;
    private final Bounds bounds;
    private final OutboxOwner owner;

    private @Nullable Outbox following; // In the lane, and guarded by it; before, by who brings both there.
    private final FrameQueue waiting;
    private boolean scheduled; // Whoever has set this sees to it that it is drained, once.
    private @Nullable Write inFlight;
    private boolean closed;
    private volatile boolean pressed;
    private @Nullable CompletableFuture<Void> turn;
    private @Nullable CloseReason closing;
    private long closingSince;
    private boolean proven;
    private long slowUntil;
    private boolean hasBeenSlow;

    /**
     * What may wait, the same for all connections.
     *
     * @param bytes in UTF-8; twice as many where it is decided so
     * @param unasked what holds for a client that has fallen behind, until somebody has decided
     * @param counters where what has been written is counted
     */
    record Bounds(int bytes, Answer unasked, Counters counters) {}

    Outbox(Connection connection, Lane lane, Bounds bounds, OutboxOwner owner) {
        this.connection = connection;
        this.lane = lane;
        this.bounds = bounds;
        this.owner = owner;
        this.waiting = new FrameQueue(bounds);
    }

    /** Puts a frame in; where there is no room, the client has fallen behind. Never blocks, never calls the connection. */
    SendResult offer(OutboundFrame frame) {
        return offer(frame, null, false);
    }

    /** The same for one frame to one outbox, by a thread that holds no lock and may write it itself. */
    SendResult offerAndWrite(OutboundFrame frame) {
        return offer(frame, null, true);
    }

    /** The same for one of several frames to different outboxes; {@code wakes} hears that there is something to write. */
    SendResult offer(OutboundFrame frame, Wakes wakes) {
        return offer(frame, wakes, false);
    }

    private SendResult offer(OutboundFrame frame, @Nullable Wakes wakes, boolean mayWrite) {
        boolean fits;
        boolean wake;
        synchronized (this) {
            if (closed || closing != null) {
                return SendResult.CLOSED;
            }
            fits = waiting.fits(frame);
            wake = fits && put(frame);
        }
        if (!fits) {
            return offerBeyond(frame);
        }
        if (wake) {
            if (mayWrite && lane.isForWhoBrings()) {
                writeHere();
            } else if (wakes == null) {
                lane.add(this);
            } else {
                wakes.add(lane, this);
            }
        }
        return SendResult.QUEUED;
    }

    /** Writes what has gathered on this thread, which no write may block. The caller holds no lock. */
    private void writeHere() {
        Write write = new Write();
        write.since = lane.now();
        drain(write, true);
    }

    /** See {@link Connection#writtenByWhoBrings}. */
    int writtenByWhoBrings() {
        return connection.writtenByWhoBrings();
    }

    /** Finds room in another way for a frame that is too much, or gives the client up. */
    private SendResult offerBeyond(OutboundFrame frame) {
        boolean begins;
        boolean ends;
        boolean taken;
        boolean wake;
        Backlog backlog;
        synchronized (this) {
            if (closed || closing != null) {
                return SendResult.CLOSED;
            }
            if (waiting.isGivenUp() || waiting.isOfNoMatter(frame)) {
                return SendResult.OVERFLOW;
            }
            backlog = backlog(lane.now());
            begins = waiting.fallsBehind();
            taken = waiting.findsRoom(frame);
            wake = taken && put(frame);
            ends = !taken && !frame.isDroppable();
            if (ends) {
                waiting.giveUp();
            }
        }
        if (begins || ends) {
            owner.behind(backlog, begins, ends);
        }
        if (wake) {
            lane.add(this);
        }
        return taken ? SendResult.QUEUED : SendResult.OVERFLOW;
    }

    /** The write in flight has taken longer than it may. Called by the watchdog, again and again. */
    void late(long now, boolean pastAllPatience) {
        boolean begins;
        boolean ends;
        Backlog backlog;
        synchronized (this) {
            if (closed || closing != null || waiting.isGivenUp()) {
                return;
            }
            backlog = backlog(now);
            begins = waiting.fallsBehind();
            ends = pastAllPatience || !waiting.isToBeKept();
            if (ends) {
                waiting.giveUp();
            }
        }
        if (begins || ends) {
            owner.behind(backlog, begins, ends);
        }
    }

    /** What holds for a client that has fallen behind, if it still is; true where it is to be closed for that. */
    synchronized boolean decided(Answer answer) {
        return !closed && closing == null && waiting.decided(answer);
    }

    /** Whether much waits here for the lane, and not for the client: the server has more to write than time. Cheap; only {@link #turn} is exact. */
    boolean isPressed() {
        return pressed;
    }

    /** Completes when the lane gets here, or the outbox is closed; null where nothing is to be waited for. */
    @Nullable
    CompletionStage<Void> turn() {
        synchronized (this) {
            if (!pressed) {
                return null;
            }
            if (turn == null) {
                turn = new CompletableFuture<>();
            }
            return turn;
        }
    }

    /** Takes nothing more, writes what waits, then closes the connection. The first reason stands. */
    void closeWhenDrained(CloseReason reason) {
        synchronized (this) {
            if (closed || closing != null) {
                return;
            }
            closing = reason;
            closingSince = lane.now();
            if (scheduled || inFlight != null) {
                return;
            }
            scheduled = true;
        }
        lane.add(this);
    }

    /** Drops what waits and closes the connection; without effect where it is closed. */
    void closeNow(CloseReason reason) {
        if (discard()) {
            connection.close(reason);
        }
    }

    /** Drops what waits, because the connection is gone. True for the call that found it open. */
    boolean discard() {
        CompletableFuture<Void> held;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            waiting.clear();
            held = release();
        }
        if (held != null) {
            held.complete(null);
        }
        return true;
    }

    void isFollowedBy(@Nullable Outbox next) {
        following = next;
    }

    /** The next one in the lane, which this one leaves. */
    @Nullable
    Outbox following() {
        Outbox next = following;
        following = null;
        return next;
    }

    /**
     * Writes what has gathered. Called by who has been told to, by {@code scheduled}; a call that has been blocked and replaced may go on beside the next.
     *
     * @param free a write for this, since now
     * @param careful whether no write may block, whatever the connection has proven
     * @return one for the next outbox; the same where nobody else has it any more
     */
    Write drain(Write free, boolean careful) {
        Write write = free;
        boolean begun = begin(write, careful);
        for (int round = 1; begun; round++) {
            Write before = write;
            call(before);
            boolean ended = before.hasEndedInCall();
            if (ended && bounds.counters.latencies() != null) {
                before.tell();
            }
            long now = lane.now();
            write = ended && connection.keepsNothing() ? before : new Write();
            begun = goOn(before, write, now, round < ROUNDS, careful);
        }
        return write;
    }

    private void call(Write write) {
        try {
            connection.write(write.frames, write.mayBlock, write);
        } catch (Throwable e) { // Containers throw all sorts, errors too; each means that this connection is done for.
            write.completed(e);
        }
    }

    /** True where the lane is to be woken. */
    private boolean put(OutboundFrame frame) {
        waiting.add(frame);
        if (inFlight != null) {
            return false;
        }
        boolean much = waiting.bytes() > bounds.bytes / PRESSED_PART;
        if (much != pressed) { // To write what all threads see costs more than to look.
            pressed = much;
        }
        boolean wake = !scheduled;
        scheduled = true;
        return wake;
    }

    private Backlog backlog(long now) {
        Write write = inFlight;
        return new Backlog(waiting.bytes(), Duration.ofNanos(write == null ? 0 : Math.max(0, now - write.since)));
    }

    /** How long the write in flight, or the attempt to close, has taken; 0 where there is none. */
    synchronized long ageNanos(long now) {
        if (closed) {
            return 0;
        }
        Write write = inFlight;
        long since = write != null ? write.since : closing != null ? closingSince : now;
        return now - since;
    }

    /** Called now and then: lets go of room that is not needed any more. */
    synchronized void tidyUp() {
        waiting.tidyUp();
    }

    synchronized boolean isIdle() {
        return !closed && closing == null && inFlight == null && waiting.isEmpty();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int bytes() {
        return waiting.bytes();
    }

    /** The lane's turn begins. True where the write has been filled and is to be written. */
    private boolean begin(Write write, boolean careful) {
        CompletableFuture<Void> held;
        CloseReason last;
        boolean begun;
        synchronized (this) {
            held = release();
            scheduled = false;
            begun = fill(write, write.since, careful);
            last = closes();
        }
        after(held, last, begun ? null : write);
        return begun;
    }

    /** A call has returned. True where the next write has been filled and is to be written in the same turn. */
    private boolean goOn(Write before, Write next, long now, boolean inThisTurn, boolean careful) {
        CompletableFuture<Void> held = null;
        CloseReason last = null;
        boolean begun = false;
        boolean wake = false;
        boolean done;
        int frames;
        int bytes;
        synchronized (this) {
            before.leaveCall();
            frames = before.frames.size();
            bytes = before.size;
            done = inFlight == before && before.hasEndedInCall();
            if (done) {
                done(before, now);
            }
            next.clear(now);
            if (inThisTurn) {
                held = release();
                begun = fill(next, now, careful);
                last = closes();
            } else {
                wake = wakesForMore();
            }
        }
        if (done) {
            bounds.counters.written(frames, bytes);
        }
        after(held, last, begun ? null : next);
        if (wake) {
            lane.add(this); // Lets others have their turn.
        }
        return begun;
    }

    /** Outside the lock. */
    private void after(@Nullable CompletableFuture<Void> held, @Nullable CloseReason last, @Nullable Write free) {
        if (held == null && last == null) {
            return;
        }
        if (held != null) {
            held.complete(null);
        }
        if (last != null) {
            connection.close(last);
        }
        if (free != null) {
            free.since = lane.now();
        }
    }

    /** Who waited for the lane need wait no longer; to be completed outside the lock. */
    private @Nullable CompletableFuture<Void> release() {
        CompletableFuture<Void> held = turn;
        if (pressed) {
            pressed = false;
        }
        if (held != null) {
            turn = null;
        }
        return held;
    }

    private boolean fill(Write write, long now, boolean careful) {
        if (closed || inFlight != null || waiting.isEmpty()) {
            return false;
        }
        boolean mayBlock = !careful && proven && (!hasBeenSlow || now - slowUntil >= 0) && lane.mayBlock(now);
        int most = mayBlock ? BATCH_FRAMES : CAREFUL_FRAMES;
        write.frames.ensureCapacity(Math.min(waiting.size(), most));
        int size = waiting.take(write.frames, most, BATCH_BYTES);
        if (!careful) {
            lane.wrote(write.frames.size());
        }
        write.begin(this, size, mayBlock && size <= BATCH_BYTES, now);
        inFlight = write;
        return true;
    }

    /** The reason, where the connection is to be closed now. */
    private @Nullable CloseReason closes() {
        if (closed || inFlight != null || closing == null || !waiting.isEmpty()) {
            return null;
        }
        closed = true;
        return closing;
    }

    private boolean wakesForMore() {
        boolean wakes = !closed && !scheduled && inFlight == null && (!waiting.isEmpty() || closing != null);
        scheduled |= wakes;
        return wakes;
    }

    /** The connection is done with a write, and does not say so inside its call. Any thread. */
    void ended(Write write, @Nullable Throwable failure) {
        boolean wake;
        boolean here;
        synchronized (this) {
            if (inFlight != write || write.hasEndedInCall()) {
                return; // It has ended before: some containers call back twice.
            }
            done(write, lane.now());
            wake = failure == null && !write.isInCall() && wakesForMore();
            here = wake && waiting.isSingle() && connection.writtenByWhoBrings() > 0;
        }
        if (failure != null) {
            owner.writeFailed(failure);
            return;
        }
        if (wake && !here) {
            lane.add(this);
        }
        bounds.counters.written(write.frames.size(), write.size);
        if (bounds.counters.latencies() != null) {
            write.tell();
        }
        if (here) {
            writeHere(); // A single message, which has nothing to gather with. If it ends in its call, that is not told here: the stack does not grow.
        }
    }

    private void done(Write write, long now) {
        inFlight = null;
        if (closed) {
            return;
        }
        waiting.written(write.size);
        proven = true;
        long took = now - write.since;
        if (took > write.quickNanos()) {
            slowUntil(now + Math.max(SLOW_FOR_LEAST_NANOS, Math.min(10 * took, SLOW_FOR_MOST_NANOS)));
        }
    }

    /** The write in flight has blocked its thread. Called by the lane. */
    synchronized void hasBlocked(long now) {
        slowUntil(now + SLOW_FOR_LEAST_NANOS);
    }

    private void slowUntil(long time) {
        if (!hasBeenSlow || time - slowUntil > 0) {
            slowUntil = time;
            hasBeenSlow = true;
        }
    }
}
