package io.embedim.internal.codec;

import tools.jackson.core.io.JsonStringEncoder;

/** What a text is between the quotation marks of JSON. */
public final class Quotes {

    private Quotes() {}

    /** The same text where nothing in it needs an escape, as is usual. */
    public static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                StringBuilder quoted = new StringBuilder(text.length() + 16);
                JsonStringEncoder.getInstance().quoteAsString(text, quoted);
                return quoted.toString();
            }
        }
        return text;
    }
}
