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
            gathered(session.getBasicRemote(), frames, callback, (remote, frame) -> remote.sendText(frame.text()));
        }
    },

    /** Tomcat as well, where it takes bytes. */
    GATHERED_ENCODED {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
                throws IOException {
            RemoteEndpoint.Basic basic = session.getBasicRemote();
            EncodedSends encoded = Objects.requireNonNull(pipes.encodedSends(basic.getClass()));
            gathered(basic, frames, callback, (remote, frame) -> encoded.send(remote, frame.utf8()));
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

    /** Tyrus, and what the specification promises of any container. */
    ONE_BY_ONE {
        @Override
        void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback) {
            AsyncSends.oneByOne(session.getAsyncRemote(), frames, callback);
        }
    };

    /** How many handlers Undertow may be owed at once: they all run inside one flush. */
    private static final int BURST = 64;

    abstract void write(Session session, Pipes pipes, List<OutboundFrame> frames, WriteCallback callback)
            throws IOException;

    /**
     * Whether it is for writes that may not block, too. Undertow's flush only tells the thread that writes. When all its threads have much to do, connections look slow; if each of their
     * messages were flushed by itself then, that would be more work, and more connections would look slow.
     */
    boolean neverBlocks() {
        return this == IN_BURSTS || this == ONE_BY_ONE;
    }

    /** See {@link io.embedim.connection.Connection#writtenByWhoBrings}. */
    int writtenByWhoBrings() {
        return switch (this) {
            case GATHERED, GATHERED_ENCODED -> 0; // To Tomcat an asynchronous send is a task for another thread.
            case IN_BURSTS -> 128; // Undertow's own threads write.
            case ALONE_OR_IN_BURSTS, ONE_BY_ONE -> 16;
        };
    }

    /** The quickest path that a container has, and that the endpoint allows. */
    static SendPath of(Session session, Pipes pipes) throws IOException {
        RemoteEndpoint.Basic basic = session.getBasicRemote();
        RemoteEndpoint.Async async = session.getAsyncRemote();
        if (canBatch(basic)) {
            if (!isShared(basic, async)) {
                return ALONE_OR_IN_BURSTS;
            }
            return pipes.encodedSends(basic.getClass()) == null ? GATHERED : GATHERED_ENCODED;
        }
        return canBatch(async) ? IN_BURSTS : ONE_BY_ONE;
    }

    /** Puts several frames into a batch and sends that. One frame has nothing to gather with; and Tomcat's answer to a client's close is lost where it comes into a batch. */
    private static void gathered(
            RemoteEndpoint.Basic remote, List<OutboundFrame> frames, WriteCallback callback, Send send)
            throws IOException {
        boolean several = frames.size() > 1;
        if (several) {
            remote.setBatchingAllowed(true);
        }
        for (OutboundFrame frame : frames) {
            send.send(remote, frame);
        }
        if (several) {
            remote.setBatchingAllowed(false);
        }
        callback.completed(null);
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

    /** Sends one frame, or puts it into the batch. */
    private interface Send {
        void send(RemoteEndpoint.Basic remote, OutboundFrame frame) throws IOException;
    }
}
