package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes writes and completes them when it is told to. */
final class FakeConnection implements Connection {

    final List<List<String>> writes = new ArrayList<>();
    final List<Boolean> mayBlock = new ArrayList<>();
    final List<CloseReason> closes = new ArrayList<>();
    boolean inline;
    int writtenByWhoBrings = 16;
    int depth;
    int deepest;

    @Nullable
    Error thrown;

    @Nullable
    WriteCallback pending;

    @Override
    public void write(List<OutboundFrame> frames, boolean block, WriteCallback callback) {
        depth++;
        deepest = Math.max(deepest, depth);
        writes.add(frames.stream().map(OutboundFrame::text).toList());
        mayBlock.add(block);
        if (thrown != null) {
            depth--;
            throw thrown;
        }
        if (inline) {
            callback.completed(null);
        } else {
            pending = callback;
        }
        depth--;
    }

    @Override
    public int writtenByWhoBrings() {
        return writtenByWhoBrings;
    }

    @Override
    public void close(CloseReason reason) {
        closes.add(reason);
    }

    void complete() {
        complete(null);
    }

    void complete(@Nullable Throwable failure) {
        WriteCallback callback = pending;
        if (callback == null) {
            throw new AssertionError("no write is in flight");
        }
        pending = null;
        callback.completed(failure);
    }

    List<String> received() {
        return writes.stream().flatMap(List::stream).toList();
    }
}
