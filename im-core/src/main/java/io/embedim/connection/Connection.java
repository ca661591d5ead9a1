package io.embedim.connection;

import java.util.List;

/**
 * One client's open pipe, implemented by an adapter: the only way in which the core reaches a socket.
 *
 * <p><b>Lifecycle.</b> An adapter makes one for each accepted WebSocket and hands it to {@code ImServer.open}, which returns the {@link Inbound} side. The
 * core closes it with {@link #close}, or the adapter reports with {@link Inbound#closed} that it has gone; both may happen at once.
 *
 * <p><b>Threads.</b> {@link #write} is called by one thread at a time and never before the write before it has completed; {@link #close} may be called by any
 * thread at any time, also while a write is under way. The core holds no lock during either.
 *
 * <p><b>Limits.</b> The core bounds what waits; an adapter keeps no queue of its own.
 *
 * <p><b>Failure.</b> Neither method should throw; if {@code write} does, that counts as its failure, and the core closes the connection.
 *
 * <p><b>How to test it.</b> {@code ConnectionContract} in im-testkit.
 */
public interface Connection {

    /**
     * Writes text frames to the client, in order, and reports when done.
     *
     * <p>Each frame becomes one WebSocket text message, but for {@link OutboundFrame#PING}, which becomes a WebSocket ping. Done means handed to the operating system, not received by the client. The adapter should use as
     * few system calls as its container allows for the whole list.
     *
     * @param frames what to write, 1 or more; immutable, valid until the callback
     * @param mayBlock true if this call may block for a moment (a flush, say), because the connection has been quick so far; false if it must return at once
     *     whatever the client does
     * @param callback told once when all frames are written or the first has failed; may be told inline or later, from any thread. Only the first call counts
     */
    void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback);

    /**
     * Whether nothing of a write is used any more when its callback has been told that all is written: not the list, and not the callback, which is told once and no second time. The
     * core then uses both again, and a write allocates nothing.
     *
     * @return true where the adapter sees to that; false by default, which is always safe
     */
    default boolean keepsNothing() {
        return false;
    }

    /**
     * To how many pipes like this one the thread that brings a message writes itself, by writes that may not block, while no messages gather. More is done by the core's own threads, and so is
     * all while messages gather. Only for speed: to wake a thread costs about as much as to write to sixteen clients.
     *
     * @return 0 where such a write costs much more than one that may block, some hundred where the container's own threads do the work, 16 by default
     */
    default int writtenByWhoBrings() {
        return 16;
    }

    /**
     * Closes the pipe with a WebSocket close frame and lets go of everything that belongs to it. Never blocks; does nothing if it is closed already.
     *
     * <p>A write that is under way may be cut off. Within a few seconds the socket must be gone, whatever the client does.
     *
     * @param reason the code and text of the close frame
     */
    void close(CloseReason reason);
}
