package io.embedim.testkit.conformance;

import java.time.Duration;

/**
 * A way to a server under test, for {@link ConformanceCase#replay}: in memory, or over real sockets.
 *
 * <p><b>Threads.</b> The replay calls from one thread; what comes may be told to the {@link Inbox} by any thread. <b>Failure.</b> What a method throws ends the replay.
 */
public interface ConformanceTransport {

    /**
     * Connects one more client to the endpoint, without sub-protocol and without {@code Accept-Language}.
     *
     * @param inbox where to tell what the client gets
     * @return the client, connected
     */
    Client open(Inbox inbox);

    /** Runs what is to be run, for a server without threads of its own. */
    default void settle() {}

    /**
     * How long something may take that is expected to come.
     *
     * @return the patience; nothing is lost by a long one, for only failures wait
     */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** One client. */
    interface Client {

        /**
         * Sends one text message.
         *
         * @param text the message
         */
        void send(String text);

        /** Closes with a normal WebSocket close; need not wait for the answer. Called once at the end for every client that is open then. */
        void close();
    }

    /** Hears what a client gets, in order; safe for use by any thread. */
    interface Inbox {

        /**
         * A text message has come.
         *
         * @param text the whole message
         */
        void received(String text);

        /**
         * The server has closed the connection.
         *
         * @param code the close code that the client saw, 1006 without one
         */
        void closed(int code);
    }
}
