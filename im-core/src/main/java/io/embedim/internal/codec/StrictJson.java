package io.embedim.internal.codec;

import io.embedim.model.Limits;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * What both dialects take for JSON: strict, within the limits, valid Unicode. Safe for use by any thread.
 *
 * <p>Numbers are never converted and nothing is kept beyond the frame, so what a frame costs is bounded by its length.
 */
public final class StrictJson {

    private final TokenStreamFactory factory;
    private final int maxKeys;

    public StrictJson(Limits limits) {
        maxKeys = limits.keysPerObject();
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.nesting())
                        // The frame's own length is the limit; Jackson's would only cut it in other places.
                        .maxNumberLength(limits.frameBytes())
                        .maxStringLength(limits.frameBytes())
                        .maxNameLength(limits.frameBytes())
                        .build())
                // Names that collide, from whichever frame, must not make a valid frame invalid; they only cease to be
                // shared.
                .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build();
    }

    /**
     * A parser at the beginning of a frame.
     *
     * @throws ProtocolException where the frame has a lone surrogate
     */
    public JsonParser parser(String text) {
        if (!WellFormed.isWellFormed(text)) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
        return again(text);
    }

    /** A parser at the beginning of a frame, or a part of one, that was looked at before. */
    public JsonParser again(String text) {
        return factory.createParser(ObjectReadContext.empty(), text);
    }

    /** How many keys an object may have. */
    public int maxKeys() {
        return maxKeys;
    }

    /** For the objects of one frame. */
    public Keys keys() {
        return new Keys(maxKeys);
    }

    /** Passes over a value, to its end; iterates, so that depth costs no stack. */
    public static void skip(JsonParser parser, JsonToken start, Keys keys) {
        int depth = 0;
        for (JsonToken token = start; ; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    keys.open();
                    depth++;
                }
                case START_ARRAY -> depth++;
                case END_OBJECT -> {
                    keys.close();
                    depth--;
                }
                case END_ARRAY -> depth--;
                case PROPERTY_NAME -> add(parser.currentName(), keys);
                default -> {}
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /**
     * Takes a key of the innermost object.
     *
     * @throws ProtocolException where it has it already, or too many
     */
    public static void add(String name, Keys keys) {
        if (!keys.add(name)) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }

    /** Whether an integer may be an id. A group's is never negative; nobody's is minus zero. */
    public static boolean isId(String digits, boolean ofGroup) {
        return digits.charAt(0) != '-' || (!ofGroup && !digits.equals("-0"));
    }

    /**
     * Sees to it that nothing comes behind.
     *
     * @throws ProtocolException where something does
     */
    public static void end(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }
}
