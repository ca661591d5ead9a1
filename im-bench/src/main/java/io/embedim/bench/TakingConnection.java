package io.embedim.bench;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's pipe that takes every batch at once: what remains is the core's own cost. */
final class TakingConnection implements Connection {

    private long frames;
    private @Nullable OutboundFrame last;

    /** How many frames have been taken. */
    long frames() {
        return frames;
    }

    /** The last frame, or null where none came. */
    @Nullable
    OutboundFrame last() {
        return last;
    }

    @Override
    public void write(List<OutboundFrame> batch, boolean mayBlock, WriteCallback callback) {
        frames += batch.size();
        last = batch.get(batch.size() - 1);
        callback.completed(null);
    }

    @Override
    public boolean keepsNothing() {
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        throw new IllegalStateException("the server closed a connection: " + reason);
    }
}
