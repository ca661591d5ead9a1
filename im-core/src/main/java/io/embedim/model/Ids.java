package io.embedim.model;

/** What all ids have in common. */
final class Ids {

    static final int MAX_CODE_POINTS = 64;

    private Ids() {}

    static void check(String what, String value) {
        int length = value.length();
        if (length == 0) {
            throw new IllegalArgumentException(what + " is empty; expected 1 to " + MAX_CODE_POINTS + " code points");
        }
        // A quick way out: no text of at most 64 chars has more than 64 code points.
        if (length > MAX_CODE_POINTS && value.codePointCount(0, length) > MAX_CODE_POINTS) {
            throw new IllegalArgumentException(what + " has " + value.codePointCount(0, length)
                    + " code points; expected 1 to " + MAX_CODE_POINTS);
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == length
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new IllegalArgumentException(
                            what + " has a lone surrogate at index " + i + "; expected valid Unicode");
                }
                i++;
            }
        }
    }
}
