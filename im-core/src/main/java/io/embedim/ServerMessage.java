package io.embedim;

import io.embedim.connection.OutboundFrame;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.internal.codec.JsonText;
import io.embedim.model.Limits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an application sends to connections of its choice: one WebSocket text message, checked when it is made and shared by all who get it.
 *
 * <p>It belongs to no conversation and has no place in one; for what a user says to others there is {@link ImServer#publish}. Immutable; {@link #toString()} shows the
 * size only.
 */
public final class ServerMessage {

    /** The longest message, in UTF-8 bytes. A server whose {@code outboundBytes} are less takes no longer ones than that. */
    public static final int MAX_BYTES = 1024 * 1024;

    private final String text;
    private final int bytes;
    private final boolean droppable;

    private ServerMessage(String text, int bytes, boolean droppable) {
        this.text = text;
        this.bytes = bytes;
        this.droppable = droppable;
    }

    /**
     * A text as it is, in whatever form the application's clients understand.
     *
     * @param text the message
     * @return the message
     * @throws IllegalArgumentException if it is empty, has a lone surrogate, or is longer than {@value #MAX_BYTES} bytes
     */
    public static ServerMessage text(String text) {
        int bytes = OutboundFrame.of(JsonText.text("message", text)).size();
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("message has " + bytes + " bytes; expected at most " + MAX_BYTES);
        }
        return new ServerMessage(text, bytes, false);
    }

    /**
     * A classic envelope: {@code {"code":…,"msg":…,"data":…}}.
     *
     * @param code 0 for success; any other value is an error to classic clients
     * @param msg the text for people
     * @param data one JSON value, put in as it is; or null for {@code []}, as the original has it
     * @return the message
     * @throws IllegalArgumentException if the data is not strict JSON, if anything has a lone surrogate, or if it is longer than {@value #MAX_BYTES} bytes
     */
    public static ServerMessage envelope(int code, String msg, @Nullable String data) {
        if (data != null) {
            JsonText.check("data of a message", data, MAX_BYTES);
        }
        return text(ClassicEncoder.envelope(code, Objects.requireNonNull(msg, "msg"), data));
    }

    /**
     * The same message, which may be left out for a client that does not keep up; such a client is not closed for it.
     *
     * @return a copy
     */
    public ServerMessage droppable() {
        return new ServerMessage(text, bytes, true);
    }

    /**
     * What is sent.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * How long it is on the wire.
     *
     * @return UTF-8 bytes
     */
    public int size() {
        return bytes;
    }

    /**
     * Whether it may be left out for a client that does not keep up.
     *
     * @return true if so
     */
    public boolean isDroppable() {
        return droppable;
    }

    void fits(Limits limits) {
        if (size() > limits.outboundBytes()) {
            throw new IllegalArgumentException("message has " + size() + " bytes; expected at most "
                    + limits.outboundBytes() + ", which is all that may wait for a client");
        }
    }

    @Override
    public String toString() {
        return "ServerMessage[" + bytes + " bytes]";
    }
}
