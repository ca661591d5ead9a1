package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One batch of an outbox on its way. Ends once, however often the connection says so.
 *
 * <p>Most writes end inside the call that begins them. Of a connection that {@linkplain io.embedim.connection.Connection#keepsNothing keeps nothing} such a write is used again, be it
 * for another outbox; so a lane needs one for all. Any other write has one end, and nothing after that.
 */
final class Write implements WriteCallback {

    private static final long QUICK_NANOS = 50_000_000L;
    private static final long LONG_NANOS = 4 * QUICK_NANOS;

    /** Not changed before the write has ended. */
    final ArrayList<OutboundFrame> frames = new ArrayList<>(1);

    int size; // Guarded by the outbox, as are the next two.
    boolean mayBlock;

    /** When it began; of one that is free, now. */
    long since;

    /** Who calls the connection, while it does. Others may see an old one, but nobody sees himself where he is not. */
    private @Nullable Thread caller;

    private boolean toldInCall; // By the caller, as is the next.
    private boolean failedInCall;
    private @Nullable Outbox outbox;

    /** Takes what is in it on the way. For the outbox, in its lock. */
    void begin(Outbox of, int bytes, boolean block, long now) {
        outbox = of;
        size = bytes;
        mayBlock = block;
        since = now;
        toldInCall = false;
        failedInCall = false;
        caller = Thread.currentThread();
    }

    /** The call has returned. For the outbox, in its lock. */
    void leaveCall() {
        caller = null;
    }

    /** Whether its call has still to return, and with that the caller will look for more. For the outbox, in its lock. */
    boolean isInCall() {
        return caller != null;
    }

    /** Whether the call has said that all is written. It counts when the call returns, so that the connection is never called by two at once. */
    boolean hasEndedInCall() {
        return toldInCall && !failedInCall;
    }

    /** Lets go of what was in it, and is free. */
    void clear(long now) {
        frames.clear();
        outbox = null;
        since = now;
    }

    /**
     * What takes longer is the client's doing. A write that blocks is seen by the lane, so here it is given time for a machine that is busy; the frames of others may each have
     * waited for a thread.
     */
    long quickNanos() {
        return mayBlock ? LONG_NANOS : QUICK_NANOS * frames.size();
    }

    /** Tells those that wait for one of its frames. */
    void tell() {
        for (int i = 0; i < frames.size(); i++) {
            Runnable written = frames.get(i).written();
            if (written != null) {
                written.run();
            }
        }
    }

    @Override
    public void completed(@Nullable Throwable failure) {
        if (caller == Thread.currentThread()) {
            if (toldInCall) {
                return;
            }
            toldInCall = true;
            failedInCall = failure != null;
            if (failure == null) {
                return;
            }
        }
        Outbox of = outbox;
        if (of != null) {
            of.ended(this, failure);
        }
    }
}
