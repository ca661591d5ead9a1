package io.embedim.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often the server makes itself felt, so that proxies keep quiet connections open, and how it finds clients that are gone without a word. Immutable.
 *
 * <p>A client counts as alive while anything comes from it: a message, or the answer to a WebSocket ping, which browsers and client libraries give by themselves. Clients of the
 * original do not answer its heartbeat message: close after unanswered ones only where your clients send something of their own, or use {@link #pings}.
 *
 * @param interval from one heartbeat to the next, for each connection; 1 s or more. The server looks once a second
 * @param message the text message that is sent, or null for a WebSocket ping
 * @param unanswered after so many intervals without a sign of life the connection is closed with 4003; 0 for never
 */
public record Heartbeat(Duration interval, @Nullable String message, int unanswered) {

    /** The original's heartbeat. */
    public static final String CLASSIC = "{\"type\":\"ping\"}";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the interval is below a second, the message empty, or the number negative
     */
    public Heartbeat {
        Objects.requireNonNull(interval, "interval");
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("interval is " + interval + "; expected a second or more");
        }
        if (message != null && message.isEmpty()) {
            throw new IllegalArgumentException("message is empty; expected a text, or null for WebSocket pings");
        }
        if (unanswered < 0) {
            throw new IllegalArgumentException("unanswered is " + unanswered + "; expected 0 (never) or more");
        }
    }

    /**
     * WebSocket pings; a client that answers none for two intervals is closed.
     *
     * @param interval from one to the next
     * @return a heartbeat
     */
    public static Heartbeat pings(Duration interval) {
        return new Heartbeat(interval, null, 2);
    }

    /**
     * The original's messages, {@value #CLASSIC}; nobody is closed for not answering.
     *
     * @param interval from one to the next
     * @return a heartbeat
     */
    public static Heartbeat messages(Duration interval) {
        return new Heartbeat(interval, CLASSIC, 0);
    }

    /**
     * The same heartbeat with another message.
     *
     * @param text what is sent
     * @return a copy
     */
    public Heartbeat saying(String text) {
        return new Heartbeat(interval, text, unanswered);
    }

    /**
     * The same heartbeat with another patience.
     *
     * @param intervals after how many of them a silent client is closed; 0 for never
     * @return a copy
     */
    public Heartbeat closingAfter(int intervals) {
        return new Heartbeat(interval, message, intervals);
    }
}
