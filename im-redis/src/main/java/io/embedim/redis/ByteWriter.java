package io.embedim.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values one behind the other. A text is as it was, whatever letters it has: UTF-8, or UTF-16 where it has a half of a pair, which UTF-8 cannot say.
 */
final class ByteWriter {

    static final int NOTHING = 0;
    static final int UTF_8 = 1;
    static final int UTF_16 = 2;
    private static final int SEVEN = 7;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    ByteWriter number(long value) {
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            out.write((int) (rest & SEVEN_BITS) | MORE);
            rest >>>= SEVEN;
        }
        out.write((int) rest);
        return this;
    }

    ByteWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    ByteWriter text(@Nullable String text) {
        if (text == null) {
            return number(NOTHING);
        }
        boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        byte[] bytes = whole ? text.getBytes(StandardCharsets.UTF_8) : halves(text);
        number(whole ? UTF_8 : UTF_16).number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ByteWriter time(@Nullable Instant time) {
        return time == null
                ? flag(false)
                : flag(true).number(time.getEpochSecond()).number(time.getNano());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static byte[] halves(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
