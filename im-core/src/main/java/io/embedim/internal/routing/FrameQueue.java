package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.security.SlowConsumerPolicy.Answer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, in order, how much of it may, and what becomes of a client that does not keep up. Guarded by its outbox.
 *
 * <p>Costs nothing while it is empty and next to nothing with one frame in it, which is how nearly all of them are nearly always.
 */
final class FrameQueue {

    private final Outbox.Bounds bounds;
    private @Nullable OutboundFrame first;
    private @Nullable ArrayDeque<OutboundFrame> more; // Kept for the next burst, until it is tidied up.
    private boolean rested;
    private int bytes; // Of what is being written too.

    /** What holds for a client that has fallen behind, until it has caught up; null for one that keeps up. After CLOSE nothing else comes. */
    private @Nullable Answer behind;

    FrameQueue(Outbox.Bounds bounds) {
        this.bounds = bounds;
    }

    /** Whether a frame may wait as things are; a single one always may. */
    boolean fits(OutboundFrame frame) {
        return fits(frame, bounds.bytes());
    }

    private boolean fits(OutboundFrame frame, long most) {
        return bytes == 0 || (long) bytes + frame.size() <= most;
    }

    void add(OutboundFrame frame) {
        bytes += frame.size();
        if (first == null) {
            first = frame;
            return;
        }
        if (more == null) {
            more = new ArrayDeque<>();
        }
        rested = false;
        more.add(frame);
    }

    /** Called now and then: lets go of the room that a burst has needed, where none has come since the last time. */
    void tidyUp() {
        if (rested && (more == null || more.isEmpty())) {
            more = null;
        }
        rested = true;
    }

    /**
     * Takes out the next frames, as many as fit; one at least. They count until they are {@linkplain #written written}.
     *
     * @param batch where they are put
     * @return their bytes
     */
    int take(List<OutboundFrame> batch, int mostFrames, int mostBytes) {
        OutboundFrame next = poll();
        if (next == null) {
            return 0;
        }
        int size = next.size();
        batch.add(next);
        next = first;
        while (next != null && batch.size() < mostFrames && size + next.size() <= mostBytes) {
            batch.add(next);
            size += next.size();
            poll();
            next = first;
        }
        return size;
    }

    /** What was taken out need not be counted any more. A client that is down to half of the limit has caught up. */
    void written(int size) {
        bytes -= size;
        if (bytes <= bounds.bytes() / 2 && behind != Answer.CLOSE) {
            behind = null;
        }
    }

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return first == null;
    }

    boolean isSingle() {
        return first != null && (more == null || more.isEmpty());
    }

    void clear() {
        first = null;
        more = null;
        bytes = 0;
    }

    // What becomes of a client that does not keep up.

    /** True where it has kept up so far. */
    boolean fallsBehind() {
        boolean begins = behind == null;
        if (begins) {
            behind = bounds.unasked();
        }
        return begins;
    }

    /** Where a frame does not fit: whether it does after what was decided for this client. */
    boolean findsRoom(OutboundFrame frame) {
        if (behind == Answer.DROP) {
            makeRoom(bytes + frame.size() - bounds.bytes());
        }
        return fits(frame, behind == Answer.KEEP && !frame.isDroppable() ? 2L * bounds.bytes() : bounds.bytes());
    }

    /** A frame that may be left out, for a client that nobody would spare anyway: it is left out without a word. */
    boolean isOfNoMatter(OutboundFrame frame) {
        return behind == null && bounds.unasked() == Answer.CLOSE && frame.isDroppable();
    }

    boolean isToBeKept() {
        return behind == Answer.KEEP;
    }

    void giveUp() {
        behind = Answer.CLOSE;
    }

    boolean isGivenUp() {
        return behind == Answer.CLOSE;
    }

    /** True where it is to be closed for this; not where it has caught up, or was given up. */
    boolean decided(Answer answer) {
        if (behind == null || behind == Answer.CLOSE) {
            return false;
        }
        behind = answer;
        return answer == Answer.CLOSE;
    }

    /** Leaves out the oldest of the frames that may be, until as many bytes are free; none where that is not enough. */
    private void makeRoom(int wanted) {
        if (wanted <= 0 || droppable() < wanted) {
            return;
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
        bytes -= freed;
    }

    private long droppable() {
        long sum = first != null && first.isDroppable() ? first.size() : 0;
        if (more != null) {
            for (OutboundFrame frame : more) {
                sum += frame.isDroppable() ? frame.size() : 0;
            }
        }
        return sum;
    }

    private @Nullable OutboundFrame poll() {
        OutboundFrame head = first;
        first = more == null ? null : more.poll();
        return head;
    }

    int size() {
        return (first == null ? 0 : 1) + (more == null ? 0 : more.size());
    }
}
