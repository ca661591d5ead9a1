package io.embedim.testkit.contract;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import java.time.Duration;

/**
 * One WebSocket from both sides, for {@link ConnectionContract}: the adapter's {@link Connection} on the server, and a client that reads.
 *
 * <p>A fixture connects a real client to an endpoint of the real container. The endpoint makes the adapter's connection, and reports to an {@code Inbound} of the
 * fixture's, which keeps what it is told. The client keeps its texts in a queue.
 *
 * <p><b>Threads.</b> The contract calls from one thread, except {@link #server()}'s connection.
 */
public interface Pipe extends AutoCloseable {

    /**
     * The server's side.
     *
     * @return the adapter's connection, open
     */
    Connection server();

    /**
     * Takes the next text message that the client has received.
     *
     * @param within how long to wait for it
     * @return the whole message
     * @throws AssertionError if none comes in time
     */
    String takeText(Duration within);

    /**
     * Waits until the client sees the connection closed.
     *
     * @param within how long
     * @return the code and the text of the close frame that the client got; {@link CloseReason#LOST} where it got none
     * @throws AssertionError if it is not closed in time
     */
    CloseReason awaitClose(Duration within);

    /**
     * Waits until the adapter has reported the end with {@code Inbound.closed}.
     *
     * @param within how long
     * @return what it reported
     * @throws AssertionError if it is not reported in time
     */
    CloseReason awaitReported(Duration within);

    /**
     * Sends a close frame from the client.
     *
     * @param code its code
     */
    void closeFromClient(int code);

    /** Ends client and connection, whatever state they are in. */
    @Override
    void close();
}
