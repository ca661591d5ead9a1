package io.embedim.connection;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Why a connection ends: the code and the text of a WebSocket close frame.
 *
 * <p>Codes from 4000 to 4099 ask a client to come back with a back-off, codes from 4100 to 4199 tell it not to. Source: RFC 6455 section 7.4,
 * docs/protocol.md "Close codes".
 *
 * @param code the close code, 1000 to 4999
 * @param text for people and logs, cut to 123 UTF-8 bytes as the frame demands
 */
public record CloseReason(int code, String text) {

    /** Both sides are done. */
    public static final CloseReason NORMAL = new CloseReason(1000, "");

    /** The connection was lost without a close frame; never sent. */
    public static final CloseReason LOST = new CloseReason(1006, "connection lost");

    /** A binary message, which neither dialect knows. */
    public static final CloseReason NOT_TEXT = new CloseReason(1003, "text frames only");

    /** What came is not JSON, or not a JSON object. */
    public static final CloseReason NOT_JSON = new CloseReason(1007, "not a JSON object");

    /** A frame broke a rule of the protocol. */
    public static final CloseReason INVALID = new CloseReason(1008, "invalid frame");

    /** A frame is longer than the limit. */
    public static final CloseReason TOO_LONG = new CloseReason(1009, "frame too long");

    /** The server is going away; come back with a back-off. */
    public static final CloseReason GOING_AWAY = new CloseReason(4001, "server going away");

    /** The client reads more slowly than it is sent to; come back with a back-off. */
    public static final CloseReason SLOW_CONSUMER = new CloseReason(4002, "slow consumer");

    /** The client was silent for too long; come back with a back-off. */
    public static final CloseReason IDLE = new CloseReason(4003, "idle");

    /** The client sends faster than it is served; come back with a back-off. */
    public static final CloseReason TOO_FAST = new CloseReason(4004, "too many frames");

    /** The user has as many connections as a user may have; come back with a back-off. */
    public static final CloseReason TOO_MANY_CONNECTIONS = new CloseReason(4005, "too many connections of this user");

    /** Nobody the server knows; do not come back without a new proof. */
    public static final CloseReason UNAUTHENTICATED = new CloseReason(4100, "unauthenticated");

    /** The proof of who the client is has expired; come back with a new one. */
    public static final CloseReason EXPIRED = new CloseReason(4101, "ticket expired");

    /** Removed by the application; do not come back. */
    public static final CloseReason KICKED = new CloseReason(4102, "kicked");

    /** A newer connection of the same user has taken its place; do not come back. */
    public static final CloseReason REPLACED = new CloseReason(4103, "replaced by a newer connection");

    /** The user is banned; do not come back before that has ended. */
    public static final CloseReason BANNED = new CloseReason(4104, "banned");

    /** The client speaks another protocol than the server. */
    public static final CloseReason PROTOCOL = new CloseReason(4105, "protocol not spoken here");

    private static final int MAX_BYTES = 123;

    /**
     * Checks the code and cuts the text.
     *
     * @throws IllegalArgumentException if the code is not between 1000 and 4999
     */
    public CloseReason {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("close code is " + code + "; expected 1000 to 4999");
        }
        text = cut(Objects.requireNonNull(text, "text"));
    }

    /**
     * The same reason, which tells the client when to come back: its text ends with {@code retry_after=} and the seconds (docs/protocol.md, C-AWAY).
     *
     * @param seconds after how many whole seconds, 1 or more
     * @return a reason with the same code
     * @throws IllegalArgumentException if the seconds are not positive
     */
    public CloseReason withRetryAfter(int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("retry_after is " + seconds + " s; expected 1 or more");
        }
        return new CloseReason(code, text + "; retry_after=" + seconds);
    }

    private static String cut(String text) {
        if (text.length() * 3 <= MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return text;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            int width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes + width > MAX_BYTES) {
                break;
            }
            bytes += width;
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }
}
