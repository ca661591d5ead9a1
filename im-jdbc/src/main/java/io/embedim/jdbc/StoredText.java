package io.embedim.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Texts as columns can keep them. PostgreSQL takes no U+0000 and no lone surrogate, and a chat may have both; so each of them, and the escape U+0001 itself, becomes U+0001 and four
 * hexadecimal digits. Different texts stay different.
 */
final class StoredText {

    /** How long a text of a draft may be, as it is stored. */
    static final int LONG = 1_000_000;

    /** How long an id may be, as it is stored. */
    static final int SHORT = 1_000;

    /** How many times as long a text may become. */
    static final int GROWTH = 5;

    private static final char ESCAPE = 1;
    private static final int DIGITS = 4;
    private static final int HEX = 16;

    private StoredText() {}

    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEscaped(text, i)) {
                return escape(text, i);
            }
        }
        return text;
    }

    static @Nullable String encodeOrNull(@Nullable String text) {
        return text == null ? null : encode(text);
    }

    static String decode(String stored) {
        int at = stored.indexOf(ESCAPE);
        if (at < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder(stored.length());
        int from = 0;
        for (; at >= 0; at = stored.indexOf(ESCAPE, from)) {
            text.append(stored, from, at);
            from = at + 1 + DIGITS;
            text.append((char) Integer.parseInt(stored.substring(at + 1, from), HEX));
        }
        return text.append(stored, from, stored.length()).toString();
    }

    static @Nullable String decodeOrNull(@Nullable String stored) {
        return stored == null ? null : decode(stored);
    }

    private static String escape(String text, int from) {
        StringBuilder stored = new StringBuilder(text.length() + HEX).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isEscaped(text, i)) {
                stored.append(ESCAPE).append(String.format("%04x", (int) c));
            } else {
                stored.append(c);
            }
        }
        return stored.toString();
    }

    private static boolean isEscaped(String text, int at) {
        char c = text.charAt(at);
        if (c <= ESCAPE) {
            return true;
        } else if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
