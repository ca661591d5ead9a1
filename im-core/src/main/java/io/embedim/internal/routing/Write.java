package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One batch of an outbox on its way. Ends once, however often the connection says so. */
final class Write implements WriteCallback {

    private static final long QUICK_NANOS = 50_000_000L;
    private static final long LONG_NANOS = 4 * QUICK_NANOS;

    final List<OutboundFrame> frames;
    final int size;
    final boolean mayBlock;
    final long since;
    long until; // Guarded by the outbox, as is the next.
    boolean inCall = true;
    private final Outbox outbox;

    Write(Outbox outbox, List<OutboundFrame> frames, int size, boolean mayBlock, long since) {
        this.outbox = outbox;
        this.frames = frames;
        this.size = size;
        this.mayBlock = mayBlock;
        this.since = since;
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
        for (OutboundFrame frame : frames) {
            Runnable written = frame.written();
            if (written != null) {
                written.run();
            }
        }
    }

    @Override
    public void completed(@Nullable Throwable failure) {
        outbox.ended(this, failure);
    }
}
