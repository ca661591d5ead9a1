package io.embedim.jakarta;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;

/** How the frames of a write that may block get out with the fewest system calls; chosen by what the container is able to do, not by its name. */
@FunctionalInterface
interface SendPath {

    /** How many handlers Undertow may be owed at once: they all run inside one flush. */
    int BURST = 64;

    void write(List<OutboundFrame> frames, WriteCallback callback) throws IOException;

    static SendPath of(Session session) throws IOException {
        RemoteEndpoint.Basic basic = session.getBasicRemote();
        RemoteEndpoint.Async async = session.getAsyncRemote();
        if (canBatch(basic)) {
            return isShared(basic, async)
                    ? (frames, callback) -> gathered(basic, frames, callback)
                    : (frames, callback) -> inBursts(basic, async, frames, callback);
        }
        if (canBatch(async)) {
            return (frames, callback) -> AsyncSends.inBursts(async, frames, BURST, callback);
        }
        return (frames, callback) -> AsyncSends.oneByOne(async, frames, callback);
    }

    /**
     * Tomcat. Batching is on only while frames are gathered: forbidding it again sends them (that is its contract), and a container that closes a session first
     * flushes what is batched, which would block behind a flush that is stuck.
     */
    private static void gathered(RemoteEndpoint.Basic remote, List<OutboundFrame> frames, WriteCallback callback)
            throws IOException {
        if (frames.size() == 1) {
            alone(remote, frames.get(0), callback);
            return;
        }
        remote.setBatchingAllowed(true);
        for (OutboundFrame frame : frames) {
            remote.sendText(frame.text());
        }
        remote.setBatchingAllowed(false);
        callback.completed(null);
    }

    /** Jetty. */
    private static void inBursts(
            RemoteEndpoint.Basic basic, RemoteEndpoint.Async async, List<OutboundFrame> frames, WriteCallback callback)
            throws IOException {
        if (frames.size() == 1) {
            alone(basic, frames.get(0), callback);
        } else {
            AsyncSends.inBursts(async, frames, BURST, callback);
        }
    }

    /** There is nothing to gather; and Tomcat's answer to a client's close is lost where it comes into a batch. */
    private static void alone(RemoteEndpoint.Basic remote, OutboundFrame frame, WriteCallback callback)
            throws IOException {
        remote.sendText(frame.text());
        callback.completed(null);
    }

    /** Not in Jetty, where each remote has a switch of its own and the blocking one sends texts at once, whatever its switch says. */
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
