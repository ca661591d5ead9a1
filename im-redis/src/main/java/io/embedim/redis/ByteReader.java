package io.embedim.redis;

import io.embedim.model.ImException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link ByteWriter} has written. What is behind the last value that a reader knows, it leaves: a newer writer may have more to say. */
final class ByteReader {

    private static final int SEVEN = 7;
    private static final int MOST_BITS = 63;

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift <= MOST_BITS; shift += SEVEN) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ImException("a number of more than 64 bits at byte " + at);
    }

    boolean flag() {
        return number() != 0;
    }

    String text() {
        String text = textOrNull();
        if (text == null) {
            throw new ImException("no text before byte " + at + "; expected one");
        }
        return text;
    }

    @Nullable
    String textOrNull() {
        long kind = number();
        if (kind == ByteWriter.NOTHING) {
            return null;
        }
        long length = number();
        if (length < 0 || length > bytes.length - at) {
            throw new ImException("a text of " + length + " bytes at byte " + at + " of " + bytes.length);
        }
        int from = at;
        at += (int) length;
        return kind == ByteWriter.UTF_8
                ? new String(bytes, from, (int) length, StandardCharsets.UTF_8)
                : halves(from, (int) length / 2);
    }

    @Nullable
    Instant time() {
        return flag() ? Instant.ofEpochSecond(number(), number()) : null;
    }

    /** A word of ASCII, up to a blank. */
    String word() {
        int from = at;
        while (next() != ' ') {
            // Each letter belongs to it.
        }
        return new String(bytes, from, at - 1 - from, StandardCharsets.ISO_8859_1);
    }

    int at() {
        return at;
    }

    private byte next() {
        if (at >= bytes.length) {
            throw new ImException("an end at byte " + at + "; expected more");
        }
        return bytes[at++];
    }

    private String halves(int from, int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) (((bytes[from + 2 * i] & 0xFF) << Byte.SIZE) | (bytes[from + 2 * i + 1] & 0xFF));
        }
        return new String(text);
    }
}
