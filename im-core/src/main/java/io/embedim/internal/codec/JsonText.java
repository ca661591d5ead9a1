package io.embedim.internal.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Checks texts that the application hands in, before they reach a client. Safe for use by any thread. */
public final class JsonText {

    private static final int MAX_NESTING = 500;

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            // Without it the factory keeps nothing.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /** Duplicate keys are not looked for a second time. */
    private static final TokenStreamFactory RELAYED = STRICT.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonText() {}

    /**
     * One JSON value, strict, valid Unicode also after its escapes are resolved.
     *
     * @throws IllegalArgumentException where it is something else; the message shows no content
     */
    public static void check(String what, String json, int maxChars) {
        if (json.length() > maxChars) {
            throw new IllegalArgumentException(
                    what + " has " + json.length() + " chars; expected at most " + maxChars + " bytes");
        }
        if (!isOneValue(json)) {
            throw new IllegalArgumentException(what + " is not one value of strict JSON");
        }
        if (!WellFormed.isWellFormed(json)) {
            throw new IllegalArgumentException(what + " has a lone surrogate; expected valid Unicode");
        }
    }

    /**
     * A text of one char or more that is valid Unicode.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static String text(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        int lone = loneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(
                    what + " has a lone surrogate at index " + lone + "; expected valid Unicode");
        }
        return text;
    }

    /** The index of the first surrogate that stands alone, or −1. */
    public static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    static JsonParser parser(String json) {
        return STRICT.createParser(ObjectReadContext.empty(), json);
    }

    /** A parser of what was found valid once, and is kept or on its way. */
    public static JsonParser relayed(String json) {
        return RELAYED.createParser(ObjectReadContext.empty(), json);
    }

    private static boolean isOneValue(String json) {
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
