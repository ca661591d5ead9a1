package io.embedim.jakarta;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * How the frames of a write that may block get out with the fewest system calls; chosen by what the container is able to do, not by its name. Has no state, so that no connection
 * pays for it.
 */
enum SendPath {

    /**
     * Tomcat. Batching is on only while frames are gathered: forbidding it again sends them (that is its contract), and a container that closes a session first
     * flushes what is batched, which would block behind a flush that is stuck.
     */
    GATHERED {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
                throws IOException {
            RemoteEndpoint.Basic remote = session.getBasicRemote();
            // One frame has nothing to gather with; and Tomcat's answer to a client's close is lost where it comes into
            // a batch.
            boolean several = frames.size() > 1;
            if (several) {
                remote.setBatchingAllowed(true);
            }
            for (OutboundFrame frame : frames) {
                remote.sendText(frame.text());
            }
            if (several) {
                remote.setBatchingAllowed(false);
            }
            callback.completed(null);
        }
    },

    /** Tomcat as well, where it takes bytes. Batching stays off. */
    GATHERED_ENCODED {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
                throws IOException {
            RemoteEndpoint.Basic basic = session.getBasicRemote();
            Objects.requireNonNull(pipes.encodedSends(basic.getClass())).send(basic, frames);
            callback.completed(null);
        }

        @Override
        AsyncSends.Send startsOne(Session session, Pipes pipes) {
            EncodedSends encoded = Objects.requireNonNull(
                    pipes.encodedSends(session.getBasicRemote().getClass()));
            return (remote, frame, handler) -> encoded.start(remote, frame.utf8(), handler);
        }
    },

    /** Jetty, where each remote has a switch of its own and the blocking one sends texts at once, whatever its switch says. */
    ALONE_OR_IN_BURSTS {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
                throws IOException {
            if (frames.size() == 1) {
                alone(session.getBasicRemote(), frames.get(0), callback);
            } else {
                AsyncSends.inBursts(session.getAsyncRemote(), frames, BURST, callback);
            }
        }
    },

    /** Undertow. */
    IN_BURSTS {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback) {
            AsyncSends.inBursts(session.getAsyncRemote(), frames, BURST, callback);
        }
    },

    /** Tyrus, where it takes bytes: several frames are one write. */
    JOINED {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
                throws IOException {
            if (!session.isOpen()) {
                throw new IOException("closed");
            }
            RemoteEndpoint.Async async = session.getAsyncRemote();
            Objects.requireNonNull(pipes.tyrusSends(async.getClass())).send(async, frames, callback);
        }
    },

    /** Tyrus where it does not, and what the specification promises of any container. */
    ONE_BY_ONE {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback) {
            AsyncSends.oneByOne(session.getAsyncRemote(), AsyncSends::text, frames, callback);
        }
    };

    /** How many handlers Undertow may be owed at once: they all run inside one flush. */
    private static final int BURST = 64;

    abstract void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
            throws IOException;

    /** How one frame is sent by a write that may not block, where the path is not for those. */
    AsyncSends.Send startsOne(Session session, Pipes pipes) {
        return AsyncSends::text;
    }

    /**
     * Whether it is for writes that may not block, too. Undertow's flush only tells the thread that writes. When all its threads have much to do, connections look slow; if each of their
     * messages were flushed by itself then, that would be more work, and more connections would look slow.
     */
    boolean neverBlocks() {
        return this == IN_BURSTS || this == JOINED || this == ONE_BY_ONE;
    }

    /** Whether a message that is a write by itself goes best by the standard API, for a write that may not block. */
    boolean sendsOneAsText() {
        return this != JOINED;
    }

    /** See {@link io.embedim.connection.Connection#writtenByWhoBrings}. */
    int writtenByWhoBrings() {
        return switch (this) {
            case GATHERED, GATHERED_ENCODED -> 0; // To Tomcat an asynchronous send is a task for another thread.
            case IN_BURSTS -> 128; // Undertow's own threads write.
            case ALONE_OR_IN_BURSTS, JOINED, ONE_BY_ONE -> 16;
        };
    }

    /** The quickest path that a container has, and that the endpoint allows. */
    static SendPath of(Session session, Pipes pipes) throws IOException {
        RemoteEndpoint.Basic basic = session.getBasicRemote();
        RemoteEndpoint.Async async = session.getAsyncRemote();
        // An extension would have to see the frames.
        boolean plain = session.getNegotiatedExtensions().isEmpty();
        if (canBatch(basic)) {
            if (!isShared(basic, async)) {
                return ALONE_OR_IN_BURSTS;
            }
            return plain && pipes.encodedSends(basic.getClass()) != null ? GATHERED_ENCODED : GATHERED;
        }
        if (canBatch(async)) {
            return IN_BURSTS;
        }
        return plain && pipes.tyrusSends(async.getClass()) != null ? JOINED : ONE_BY_ONE;
    }

    private static void alone(RemoteEndpoint.Basic remote, OutboundFrame frame, WriteCallback callback)
            throws IOException {
        remote.sendText(frame.text());
        callback.completed(null);
    }

    private static boolean isShared(RemoteEndpoint.Basic basic, RemoteEndpoint.Async async) throws IOException {
        basic.setBatchingAllowed(true);
        boolean shared = async.getBatchingAllowed();
        basic.setBatchingAllowed(false);
        return shared;
    }

    private static boolean canBatch(RemoteEndpoint remote) throws IOException {
        remote.setBatchingAllowed(true);
        boolean able = remote.getBatchingAllowed();
        remote.setBatchingAllowed(false);
        return able;
    }
}
