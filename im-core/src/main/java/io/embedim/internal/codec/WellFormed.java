package io.embedim.internal.codec;

/**
 * Whether a JSON text is valid Unicode, also after its escapes are resolved: no surrogate stands alone, neither as it is nor as {@code \\uD83D}.
 *
 * <p>Two parsers could read two different texts where one did, and several containers never send again after they were given one.
 */
final class WellFormed {

    private WellFormed() {}

    /** Expects JSON, in which backslashes stand in strings only; of other texts the answer says nothing. */
    static boolean isWellFormed(String json) {
        int length = json.length();
        for (int i = 0; i < length; i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                if (i + 1 < length && json.charAt(i + 1) == 'u') {
                    int unit = hex(json, i + 2);
                    if (isSurrogate(unit)) {
                        if (!Character.isHighSurrogate((char) unit) || !isEscapedLow(json, i + 6)) {
                            return false;
                        }
                        i += 6;
                    }
                    i += 5;
                } else {
                    i++; // The character behind is escaped, be it another backslash.
                }
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(json.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean isEscapedLow(String json, int at) {
        if (at + 6 > json.length() || json.charAt(at) != '\\' || json.charAt(at + 1) != 'u') {
            return false;
        }
        int unit = hex(json, at + 2);
        return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
    }

    private static boolean isSurrogate(int unit) {
        return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
    }

    /** The four hexadecimal digits at an index, or −1 where there are none; the parser will say so. */
    private static int hex(String json, int at) {
        if (at + 4 > json.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(json.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
