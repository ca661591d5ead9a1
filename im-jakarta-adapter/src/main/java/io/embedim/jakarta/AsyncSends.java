package io.embedim.jakarta;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One write by asynchronous sends, a burst at a time; the next burst starts when the last handler of the one before has been called.
 *
 * <p>Containers call handlers inline, later, from other threads, twice or never. A handler that is called inside its own send only counts down, and the loop goes on; a
 * later one resumes the loop. So the stack never grows with the number of frames.
 */
final class AsyncSends {

    private final RemoteEndpoint.Async remote;
    private final Send send;
    private final List<OutboundFrame> frames;
    private final int burst;
    private final WriteCallback callback;

    /** Only touched by who runs the loop; handed on by the count of the burst. */
    private int next;

    private volatile boolean failed;

    private AsyncSends(
            RemoteEndpoint.Async remote, Send send, List<OutboundFrame> frames, int burst, WriteCallback callback) {
        this.remote = remote;
        this.send = send;
        this.frames = frames;
        this.burst = burst;
        this.callback = callback;
    }

    /** One frame after the other, each in this way. */
    static void oneByOne(RemoteEndpoint.Async remote, Send send, List<OutboundFrame> frames, WriteCallback callback) {
        new AsyncSends(remote, send, frames, 1, callback).run();
    }

    /** Several frames, then one flush, where the container allows batching and its handlers wait for the flush. */
    static void inBursts(RemoteEndpoint.Async remote, List<OutboundFrame> frames, int burst, WriteCallback callback) {
        new AsyncSends(remote, AsyncSends::text, frames, burst, callback).run();
    }

    private void run() {
        try {
            boolean more = true;
            while (more && !failed) {
                if (next == frames.size()) {
                    callback.completed(null);
                    return;
                }
                more = sendBurst();
            }
        } catch (Throwable e) {
            // Also Errors: Tyrus throws one for text that it cannot encode.
            fail(e);
        }
    }

    /** Sends a burst; true if all its handlers have been called already. */
    private boolean sendBurst() throws IOException {
        int size = Math.min(burst, frames.size() - next);
        int first = next;
        next += size;
        // One more than there are handlers: this method itself.
        AtomicInteger missing = new AtomicInteger(size + 1);
        boolean batching = size > 1;
        if (batching) {
            remote.setBatchingAllowed(true);
        }
        for (int i = first; i < first + size; i++) {
            send.send(remote, frames.get(i), new Sent(missing));
        }
        if (batching) {
            // In this order, so that a close frame or a pong that the container queues meanwhile goes out with the
            // burst or by itself; behind the flush it could stay where it is.
            remote.setBatchingAllowed(false);
            remote.flushBatch();
        }
        return missing.decrementAndGet() == 0;
    }

    private void fail(Throwable failure) {
        failed = true;
        callback.completed(failure);
    }

    /** As the standard API sends a text. */
    static void text(RemoteEndpoint.Async remote, OutboundFrame frame, SendHandler handler) {
        remote.sendText(frame.text(), handler);
    }

    /** Begins to send one frame. */
    interface Send {
        void send(RemoteEndpoint.Async remote, OutboundFrame frame, SendHandler handler) throws IOException;
    }

    /** Why a send has failed. */
    static Throwable failureOf(SendResult result) {
        Throwable failure = result.getException();
        return failure != null ? failure : new IOException("the container could not send, and does not say why");
    }

    /** One frame's handler; true once it has been called. One object, because there is one for each frame and recipient. */
    private final class Sent extends AtomicBoolean implements SendHandler {

        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger missing;

        Sent(AtomicInteger missing) {
            this.missing = missing;
        }

        @Override
        public void onResult(SendResult result) {
            if (!compareAndSet(false, true)) {
                return;
            }
            if (!result.isOK()) {
                fail(failureOf(result));
            } else if (missing.decrementAndGet() == 0) {
                run();
            }
        }
    }
}
