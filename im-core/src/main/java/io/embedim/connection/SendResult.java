package io.embedim.connection;

/** What became of a frame that was to be sent to a connection. */
public enum SendResult {
    /** It waits in the connection's outbox and is written in its turn. */
    QUEUED,
    /** The connection is closed or closing; the frame was dropped. */
    CLOSED,
    /** More waits for the client than the limit allows; the frame was dropped, and unless it was droppable the connection is being closed with 4002. */
    OVERFLOW
}
