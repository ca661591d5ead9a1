package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import io.embedim.model.LogText;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container's session as the core's pipe. The core keeps the queue and has one write in flight at most, so the container's rules about concurrent sends are met. */
final class JakartaConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(JakartaConnection.class);

    /** Names that only Tomcat reads; its 20 s and 30 s would hold closers and sockets. */
    private static final String TOMCAT_BLOCKING_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final String TOMCAT_SESSION_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
    private static final long CLOSE_FRAME_MILLIS = 250;
    private static final long PEER_ANSWER_MILLIS = 3_000;
    private static final long STUCK_MILLIS = 1_000;
    private static final long WRITE_CHECK_MILLIS = 5;

    private final Session session;
    private final Pipes pipes;
    private final RemoteEndpoint.Async async;
    private final SendPath path;
    private volatile @Nullable CloseReason closedWith; // Set once, by closeWith.
    private volatile @Nullable Once writing;

    /** What is to be closed, before the container has finished to open it; guarded by itself, null afterwards. */
    private @Nullable List<Runnable> untilReady = new ArrayList<>();

    JakartaConnection(Session session, Pipes pipes, Long blockingSendMillis) throws IOException {
        this.session = session;
        this.pipes = pipes;
        this.async = session.getAsyncRemote();
        this.path = SendPath.of(session, pipes);
        if (isTomcats()) {
            session.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, blockingSendMillis);
        }
    }

    @Override
    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
        Once once = new Once(callback);
        writing = once;
        try {
            if (closedWith != null) {
                throw new IOException("closed");
            }
            List<OutboundFrame> texts = frames;
            if (frames.contains(OutboundFrame.PING)) {
                async.sendPing(ByteBuffer.allocate(0));
                texts = frames.stream()
                        .filter(frame -> frame != OutboundFrame.PING)
                        .toList();
            }
            boolean atOnce = path.neverBlocks();
            if ((atOnce || !mayBlock) && texts.size() == 1 && path.sendsOneAsText()) {
                path.startsOne(session, pipes).send(async, texts.get(0), once);
            } else if ((atOnce || mayBlock) && !texts.isEmpty()) {
                path.write(session, pipes, texts, once);
            } else {
                AsyncSends.oneByOne(async, path.startsOne(session, pipes), texts, once);
            }
        } catch (Throwable e) {
            once.completed(e);
        }
    }

    /** {@link Once} tells once, and whoever sends is done with the frames when all have been sent. */
    @Override
    public boolean keepsNothing() {
        return true;
    }

    @Override
    public int writtenByWhoBrings() {
        return path.writtenByWhoBrings();
    }

    @Override
    public void close(CloseReason reason) {
        if (closeWith(reason)) {
            offThread(() -> closeSession(reason));
        }
    }

    /** Closes, where nobody has done so before, and then runs something in any case. */
    void closeThen(CloseReason reason, Runnable after) {
        boolean first = closeWith(reason);
        offThread(() -> {
            if (first) {
                closeSession(reason);
            }
            after.run();
        });
    }

    /** Of the endpoint that it belongs to. */
    Pipes pipes() {
        return pipes;
    }

    SendPath sendPath() {
        return path;
    }

    /** Why it was closed from this side, or null. */
    @Nullable
    CloseReason closedWith() {
        return closedWith;
    }

    /** The container has finished to open the session: what was to be closed meanwhile is closed now, and not in the middle of it. */
    void ready() {
        List<Runnable> waiting;
        synchronized (this) {
            waiting = untilReady == null ? List.of() : untilReady;
            untilReady = null;
        }
        waiting.forEach(this::offThread);
    }

    /** True for the first reason, which stands. */
    private synchronized boolean closeWith(CloseReason reason) {
        if (closedWith != null) {
            return false;
        }
        closedWith = reason;
        return true;
    }

    /** Runs something on a closer's thread, not before the session is open. */
    void offThread(Runnable task) {
        synchronized (this) {
            if (untilReady != null) {
                untilReady.add(task);
                return;
            }
        }
        try {
            pipes.closers().execute(task);
        } catch (RejectedExecutionException e) {
            // The endpoint has gone; its last sessions have nobody else to close them.
            task.run();
        }
    }

    private void closeSession(CloseReason reason) {
        try {
            if (isTomcats()) {
                session.getUserProperties().put(TOMCAT_BLOCKING_SEND_TIMEOUT, CLOSE_FRAME_MILLIS);
                session.getUserProperties().put(TOMCAT_SESSION_CLOSE_TIMEOUT, PEER_ANSWER_MILLIS);
            }
            if (idleTimeoutIsSafe()) {
                // Makes Jetty and Undertow give up on a peer that neither reads nor answers.
                session.setMaxIdleTimeout(writing == null ? PEER_ANSWER_MILLIS : STUCK_MILLIS);
            }
        } catch (RuntimeException e) {
            LOG.debug("event=closed_before session={}", session.getId(), LogText.trace(e));
        }
        if (isLibertys(session)) {
            awaitWrite();
        }
        try {
            session.close(CloseReasons.toContainer(reason));
        } catch (IOException | RuntimeException e) {
            LOG.debug("event=close_failed session={}", session.getId(), LogText.trace(e));
        }
        Once stuck = writing;
        if (stuck != null) {
            // Tyrus never tells.
            stuck.completed(new IOException("closed while it was written"));
        }
    }

    /**
     * Open Liberty's close waits for the write that is under way, but any event of the connection ends its wait: the close frame is then written into the message, the client sees a broken
     * stream, and the thread may wait for ever for a write that another has taken the end of. No write begins once the reason is set, so there is one to wait for at most.
     */
    private void awaitWrite() {
        try {
            for (long waited = 0; writing != null && waited < STUCK_MILLIS; waited += WRITE_CHECK_MILLIS) {
                Thread.sleep(WRITE_CHECK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isLibertys(Session session) {
        return session.getClass().getName().startsWith("com.ibm.ws.wsoc.");
    }

    /** Elsewhere a property costs each connection memory and does nothing. */
    private boolean isTomcats() {
        return session.getClass().getName().startsWith("org.apache.tomcat.websocket.");
    }

    /**
     * Not on Tyrus, where it has no effect on a closed session: each send schedules a check for idleness, at once where there is no time-out. If one is set before that check
     * runs, the session is closed for it, with 1000 instead of our code.
     */
    private boolean idleTimeoutIsSafe() {
        return !session.getClass().getName().startsWith("org.glassfish.tyrus.");
    }

    /** Counts only the first call, because some containers make two. One object, because there is one for each write; true once it has been told. */
    private final class Once extends AtomicBoolean implements WriteCallback, SendHandler {

        private static final long serialVersionUID = 1L;

        private final transient WriteCallback callback;

        Once(WriteCallback callback) {
            this.callback = callback;
        }

        /** Of a message that is a write by itself. */
        @Override
        public void onResult(SendResult result) {
            try {
                completed(result.isOK() ? null : AsyncSends.failureOf(result));
            } catch (Throwable e) { // Tyrus gives a connection up whose handler throws.
                completed(e);
            }
        }

        @Override
        public void completed(@Nullable Throwable failure) {
            if (compareAndSet(false, true)) {
                writing = null;
                callback.completed(failure);
            }
        }
    }
}
