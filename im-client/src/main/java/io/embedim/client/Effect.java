package io.embedim.client;

/** What a {@link ChatSession} wants its driver to do. */
public sealed interface Effect {

    /** Open a connection with the sub-protocol {@code im.v2}, then call {@link ChatSession#opened()} or {@link ChatSession#closed}. */
    record Connect() implements Effect {}

    /**
     * Send one text message on the open connection.
     *
     * @param text the message
     */
    record Send(String text) implements Effect {}

    /**
     * Close the connection, or give up opening it; the session wants to hear nothing more of it.
     *
     * @param code the close code
     */
    record Close(int code) implements Effect {}
}
