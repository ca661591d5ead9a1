package io.embedim.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One text message on its way to clients: encoded once, immutable, shared by all its recipients.
 *
 * <p>Safe for use by any thread. {@link #toString()} shows the size only, never the content.
 */
public final class OutboundFrame {

    /**
     * Asks an adapter to send a WebSocket ping instead of a message; its text is empty. The client's pong is to be told by {@link Inbound#alive()}.
     */
    public static final OutboundFrame PING = new OutboundFrame("", true);

    /** Where other characters are, they are usually found by then: a frame begins with a name and the protocol's words. */
    private static final int LOOK_AHEAD = 32;

    /** Null where it is still to be made of the parts. */
    private @Nullable String text;

    private final OutboundFrame @Nullable [] parts;
    private final int size;
    private final boolean droppable;
    private final @Nullable Runnable written;
    private volatile byte @Nullable [] utf8;

    private OutboundFrame(String text, boolean droppable) {
        int bytes = utf8Length(Objects.requireNonNull(text, "text"));
        // Containers disagree about lone surrogates, up to sessions that never send again; so none may reach them.
        String valid = bytes >= 0 ? text : replaceLoneSurrogates(text);
        this.text = valid;
        this.parts = null;
        this.size = bytes >= 0 ? bytes : utf8Length(valid);
        this.droppable = droppable;
        this.written = null;
    }

    private OutboundFrame(OutboundFrame[] parts) {
        int bytes = parts.length + 1;
        for (OutboundFrame part : parts) {
            bytes += part.size;
        }
        this.parts = parts;
        this.size = bytes;
        this.droppable = false;
        this.written = null;
    }

    private OutboundFrame(OutboundFrame same, Runnable written) {
        this.text = same.text;
        this.parts = same.parts;
        this.size = same.size;
        this.droppable = same.droppable;
        this.utf8 = same.utf8;
        this.written = written;
    }

    /**
     * A frame that a client must get or be closed.
     *
     * @param text the message; a lone surrogate in it is written as {@code U+FFFD}
     * @return the frame
     */
    public static OutboundFrame of(String text) {
        return new OutboundFrame(text, false);
    }

    /**
     * A frame that may be left out for a client that does not keep up, such as typing or presence.
     *
     * @param text the message; a lone surrogate in it is written as {@code U+FFFD}
     * @return the frame
     */
    public static OutboundFrame droppable(String text) {
        return new OutboundFrame(text, true);
    }

    /**
     * Several JSON messages as one: an array of them. Text and bytes are made of theirs when somebody asks, and each only once.
     *
     * @param frames 1 or more JSON texts, none of them {@link #PING}
     * @return one message
     */
    public static OutboundFrame array(List<OutboundFrame> frames) {
        return new OutboundFrame(frames.toArray(OutboundFrame[]::new));
    }

    /**
     * The same message as a frame of its own, for one recipient, with something to run when it has been written.
     *
     * @param then what to run; on the thread that completes the write, so it must be quick and not throw. Not run where the connection ends before
     * @return a frame with the same text
     */
    public OutboundFrame written(Runnable then) {
        return new OutboundFrame(this, then);
    }

    /**
     * What the core runs when the frame has been written; adapters need not care.
     *
     * @return what to run, or null, as nearly always
     */
    public @Nullable Runnable written() {
        return written;
    }

    /**
     * The message, valid Unicode.
     *
     * @return the text
     */
    public String text() {
        String present = text;
        if (present == null) {
            present = joinedText(Objects.requireNonNull(parts));
            text = present;
        }
        return present;
    }

    private static String joinedText(OutboundFrame[] parts) {
        int length = parts.length + 1;
        for (OutboundFrame part : parts) {
            length += part.text().length();
        }
        StringBuilder joined = new StringBuilder(length);
        char before = '[';
        for (OutboundFrame part : parts) {
            joined.append(before).append(part.text());
            before = ',';
        }
        return joined.append(']').toString();
    }

    private static byte[] joinedBytes(OutboundFrame[] parts, int size) {
        byte[] joined = new byte[size];
        int at = 0;
        for (OutboundFrame part : parts) {
            joined[at] = (byte) (at == 0 ? '[' : ',');
            byte[] bytes = part.utf8();
            System.arraycopy(bytes, 0, joined, at + 1, bytes.length);
            at += bytes.length + 1;
        }
        joined[at] = ']';
        return joined;
    }

    /**
     * How long the message is on the wire.
     *
     * @return UTF-8 bytes
     */
    public int size() {
        return size;
    }

    /**
     * Whether the frame may be left out for a client that does not keep up.
     *
     * @return true if so
     */
    public boolean isDroppable() {
        return droppable;
    }

    /**
     * The message as bytes, encoded at the first call and shared by all callers, for containers that take bytes.
     *
     * @return the UTF-8 bytes; not to be changed
     */
    public byte[] utf8() {
        byte[] bytes = utf8;
        if (bytes == null) {
            bytes = parts != null ? joinedBytes(parts, size) : text().getBytes(StandardCharsets.UTF_8);
            utf8 = bytes;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "OutboundFrame[" + size + " bytes]";
    }

    private static String replaceLoneSurrogates(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(codePoint -> clean.appendCodePoint(
                        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
                                ? 0xFFFD
                                : codePoint));
        return clean.toString();
    }

    /** The length in UTF-8, or −1 where a surrogate stands alone. */
    private static int utf8Length(String text) {
        return isAscii(text) ? text.length() : utf8LengthOfLetters(text);
    }

    /** Only of ASCII the bytes in UTF-8 say the same in Latin-1. The copies are made by moving memory, which takes a fraction of a look at each character. */
    private static boolean isAscii(String text) {
        for (int i = Math.min(text.length(), LOOK_AHEAD) - 1; i >= 0; i--) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).equals(text);
    }

    /** Looks at a copy: the JVM compiles this as a part of what routes a message, and there it leaves a string's own checks of each index inside the loop. */
    private static int utf8LengthOfLetters(String text) {
        char[] letters = text.toCharArray();
        int length = letters.length;
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = letters[i];
            if (c >= 0x80) {
                if (c < 0x800) {
                    bytes++;
                } else if (!Character.isSurrogate(c)) {
                    bytes += 2;
                } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(letters[i + 1])) {
                    bytes += 2;
                    i++;
                } else {
                    return -1;
                }
            }
        }
        return bytes;
    }
}
