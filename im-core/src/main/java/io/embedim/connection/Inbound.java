package io.embedim.connection;

import io.embedim.model.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a {@link Connection}: where its adapter delivers what the client does.
 *
 * <p><b>Threads.</b> The adapter calls {@link #received} for one connection one call at a time, in the order of the wire; {@link #closed} may come from any
 * thread at any time. No method blocks or throws.
 *
 * <p><b>Ordering.</b> Frames are handled in the order in which they were received; a frame is not handled before all work for the one before it, also work
 * that waits for a backend, has ended. Frames behind one that closes the connection are not handled.
 *
 * <p>Source: {@code ImServer.open}; applications do not implement this.
 */
public interface Inbound {

    /**
     * The id that the server gave to this connection.
     *
     * @return the id
     */
    ConnectionId id();

    /**
     * A text message, or a part of one, has come.
     *
     * <p>Parts are put together here, up to the frame limit, so that containers need no large buffers; what is longer closes the connection with 1009.
     *
     * @param part the text; a part may end inside a surrogate pair
     * @param last true if this part ends the message
     */
    void received(String part, boolean last);

    /** A binary message has come, which neither dialect knows: the connection is closed with 1003. */
    void receivedBinary();

    /** The client has answered a ping. */
    void alive();

    /**
     * The pipe is closed, from whichever side. The session ends, its groups hear the leave, and what waits to be written is dropped. A second call does nothing.
     *
     * @param reason what the container says of it; where the core closed the connection, its own reason stands
     * @param failure the error that broke the connection, or null where there was none
     */
    void closed(CloseReason reason, @Nullable Throwable failure);
}
