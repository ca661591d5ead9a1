package io.embedim.testkit;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps what is written to it, and completes writes as a test wishes: at once, by hand, never, twice, or failing.
 *
 * <p><b>Threads.</b> Safe for use by any thread. <b>Failure.</b> A write that begins before the one before it has completed is misuse by the core, and is thrown as an
 * {@link AssertionError} at the writer and again by {@link #frames()}.
 */
public final class RecordingConnection implements Connection {

    /** How writes complete. */
    public enum Completion {
        /** At once, inside the call. */
        INLINE,
        /** By {@link #completeWrite()}. */
        MANUAL,
        /** Never, as with a client that does not read. */
        NEVER,
        /** At once, and a second time, which must not matter. */
        TWICE,
        /** At once, as failed; nothing is recorded. */
        FAILING
    }

    private final List<String> frames = new ArrayList<>();
    private final Queue<WriteCallback> inFlight = new ArrayDeque<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private Completion completion;
    private int writes;
    private int pings;
    private int closes;
    private @Nullable CloseReason closed;
    private @Nullable AssertionError misuse;

    /** A connection whose writes complete at once. */
    public RecordingConnection() {
        this(Completion.INLINE);
    }

    /**
     * A connection.
     *
     * @param completion how writes complete
     */
    public RecordingConnection(Completion completion) {
        this.completion = completion;
    }

    /**
     * Changes how later writes complete.
     *
     * @param how from now on
     */
    public synchronized void complete(Completion how) {
        this.completion = how;
    }

    /**
     * Completes the write that is in flight.
     *
     * @throws IllegalStateException if there is none
     */
    public void completeWrite() {
        takeInFlight().completed(null);
    }

    /**
     * Fails the write that is in flight.
     *
     * @param failure why
     * @throws IllegalStateException if there is none
     */
    public void failWrite(Throwable failure) {
        takeInFlight().completed(failure);
    }

    /**
     * Whether a write is in flight.
     *
     * @return true from a write's begin to its completion
     */
    public synchronized boolean isWriting() {
        return !inFlight.isEmpty();
    }

    /**
     * What was written, in order.
     *
     * @return the texts so far
     */
    public synchronized List<String> frames() {
        if (misuse != null) {
            throw misuse;
        }
        return List.copyOf(frames);
    }

    /**
     * How often the client was pinged; pings are not among the frames.
     *
     * @return the number so far
     */
    public synchronized int pings() {
        return pings;
    }

    /** Forgets the frames so far, so that a test sees only what comes now. */
    public synchronized void clear() {
        frames.clear();
    }

    /**
     * How many writes there were, of one frame or more.
     *
     * @return the number of calls
     */
    public synchronized int writes() {
        return writes;
    }

    /**
     * The reason with which the core closed it first.
     *
     * @return the reason, or empty while open
     */
    public synchronized Optional<CloseReason> closeReason() {
        return Optional.ofNullable(closed);
    }

    /**
     * How often the core closed it.
     *
     * @return the number of calls
     */
    public synchronized int closes() {
        return closes;
    }

    /**
     * Tells somebody else too.
     *
     * @param listener hears each frame and the first close, from the writer's thread
     */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void write(List<OutboundFrame> batch, boolean mayBlock, WriteCallback callback) {
        List<String> texts = batch.stream()
                .filter(frame -> frame != OutboundFrame.PING)
                .map(OutboundFrame::text)
                .toList();
        Completion how;
        boolean refused;
        synchronized (this) {
            writes++;
            if (!inFlight.isEmpty()) {
                misuse = new AssertionError("a write began before the one before it had completed");
                throw misuse;
            }
            if (batch.isEmpty()) {
                misuse = new AssertionError("a write of no frames");
                throw misuse;
            }
            how = completion;
            refused = closed != null || how == Completion.FAILING;
            if (!refused) {
                pings += batch.size() - texts.size();
                frames.addAll(texts);
            }
            if (!refused && (how == Completion.MANUAL || how == Completion.NEVER)) {
                inFlight.add(callback);
            }
        }
        if (refused) {
            callback.completed(new IOException("the connection takes no frames"));
            return;
        }
        texts.forEach(text -> listeners.forEach(listener -> listener.frame(text)));
        if (how == Completion.INLINE || how == Completion.TWICE) {
            callback.completed(null);
        }
        if (how == Completion.TWICE) {
            callback.completed(null);
        }
    }

    @Override
    public void close(CloseReason reason) {
        synchronized (this) {
            closes++;
            if (closed != null) {
                return;
            }
            closed = reason;
        }
        listeners.forEach(listener -> listener.closed(reason));
    }

    @Override
    public synchronized String toString() {
        return "RecordingConnection[" + frames.size() + " frames, "
                + (closed == null ? "open" : "closed " + closed.code()) + "]";
    }

    private synchronized WriteCallback takeInFlight() {
        WriteCallback callback = inFlight.poll();
        if (callback == null) {
            throw new IllegalStateException("no write is in flight");
        }
        return callback;
    }

    /** Hears what a connection records. */
    public interface Listener {

        /**
         * A frame was written.
         *
         * @param text its text
         */
        void frame(String text);

        /**
         * The core has closed the connection.
         *
         * @param reason why
         */
        void closed(CloseReason reason);
    }
}
