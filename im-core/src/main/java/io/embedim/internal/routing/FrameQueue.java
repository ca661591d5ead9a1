package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Frames in order. Costs nothing while it is empty and next to nothing with one frame in it, which is how nearly all of them are nearly always. Not safe for several threads. */
final class FrameQueue {

    private @Nullable OutboundFrame first;
    private @Nullable ArrayDeque<OutboundFrame> more;

    void add(OutboundFrame frame) {
        if (first == null) {
            first = frame;
            return;
        }
        if (more == null) {
            more = new ArrayDeque<>();
        }
        more.add(frame);
    }

    @Nullable
    OutboundFrame peek() {
        return first;
    }

    @Nullable
    OutboundFrame poll() {
        OutboundFrame head = first;
        first = more == null ? null : more.poll();
        if (first == null) {
            more = null;
        }
        return head;
    }

    /** Leaves out the oldest of the frames that may be, until as many bytes are free; none where that is not enough. Answers how many bytes were freed. */
    int makeRoom(int wanted) {
        if (wanted <= 0 || droppable() < wanted) {
            return 0;
        }
        ArrayDeque<OutboundFrame> kept = new ArrayDeque<>();
        int freed = 0;
        for (OutboundFrame frame = poll(); frame != null; frame = poll()) {
            if (freed < wanted && frame.isDroppable()) {
                freed += frame.size();
            } else {
                kept.add(frame);
            }
        }
        first = kept.poll();
        more = first == null ? null : kept;
        return freed;
    }

    private long droppable() {
        long bytes = first != null && first.isDroppable() ? first.size() : 0;
        if (more != null) {
            for (OutboundFrame frame : more) {
                bytes += frame.isDroppable() ? frame.size() : 0;
            }
        }
        return bytes;
    }

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return (first == null ? 0 : 1) + (more == null ? 0 : more.size());
    }

    void clear() {
        first = null;
        more = null;
    }
}
