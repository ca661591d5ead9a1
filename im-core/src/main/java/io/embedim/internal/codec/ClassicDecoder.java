package io.embedim.internal.codec;

import io.embedim.model.Limits;
import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a classic frame: strict JSON, in one pass, without building a tree.
 *
 * <p>What a frame costs is bounded by its length: values that nobody asked for are passed over, numbers are never converted, nesting and keys are limited. Safe for use by
 * any thread.
 */
public final class ClassicDecoder {

    private static final String[] USUAL = {"1", "2", "0", "speak", "ping", "join"};
    private static final int LONGEST_USUAL = 5;

    private final TokenStreamFactory factory;
    private final int maxKeys;

    public ClassicDecoder(Limits limits) {
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
     * Takes a frame apart.
     *
     * @throws ProtocolException where it is not strict JSON, exceeds a limit, or is no object
     */
    public ClassicRequest decode(String text) {
        if (!WellFormed.isWellFormed(text)) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new ProtocolException(ProtocolText.INVALID_JSON);
            }
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                end(parser);
                throw new ProtocolException(ProtocolText.NOT_AN_OBJECT);
            }
            Fields fields = new Fields();
            readObject(parser, fields, new Keys(maxKeys));
            end(parser);
            return fields.toRequest(object(text));
        } catch (JacksonException e) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }

    /** A field that only few frames have; null where it is missing or no text. The frame must have been decoded once. */
    public @Nullable String text(String json, String field) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = field.equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (wanted) {
                    return value == JsonToken.VALUE_STRING ? parser.getString() : null;
                }
                parser.skipChildren();
            }
            return null;
        }
    }

    private static void readObject(JsonParser parser, Fields fields, Keys keys) {
        keys.open();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = addKey(parser, keys);
            JsonToken value = parser.nextToken();
            fields.take(name, value, parser);
            if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                skip(parser, value, keys);
            }
        }
        keys.close();
    }

    /** Passes over an object or array, to its end; iterates, so that depth costs no stack. */
    private static void skip(JsonParser parser, JsonToken start, Keys keys) {
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
                case PROPERTY_NAME -> addKey(parser, keys);
                default -> {}
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private static String addKey(JsonParser parser, Keys keys) {
        String name = parser.currentName();
        if (!keys.add(name)) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
        return name;
    }

    private static void end(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }

    private static String object(String text) {
        return text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1);
    }

    /** The fields that the server looks at, as they are found. */
    private static final class Fields {

        private @Nullable String mode;
        private @Nullable String groupId;
        private @Nullable String fromUserId;
        private @Nullable String fromUsername;
        private @Nullable String fromAvatar;
        private @Nullable String content;
        private @Nullable String event;
        private @Nullable String toUserId;
        private boolean groupIsNumber;
        private boolean userIsNumber;
        private boolean nameIsNumber;

        void take(String name, JsonToken value, JsonParser parser) {
            switch (name) {
                case "mode" -> mode = value.isScalarValue() && value != JsonToken.VALUE_NULL ? read(parser) : null;
                case "group_id" -> {
                    groupId = id(value, parser, false);
                    groupIsNumber = value == JsonToken.VALUE_NUMBER_INT;
                }
                case "from_user_id" -> {
                    fromUserId = id(value, parser, true);
                    userIsNumber = value == JsonToken.VALUE_NUMBER_INT;
                }
                case "from_username" -> {
                    fromUsername = id(value, parser, true);
                    nameIsNumber = value == JsonToken.VALUE_NUMBER_INT;
                }
                case "from_avatar" -> fromAvatar = id(value, parser, true);
                case "content" -> content = text(value, parser);
                case "event" -> event = text(value, parser);
                case "to_user_id" -> toUserId = id(value, parser, true);
                default -> {
                    // Kept in the whole text and relayed with it.
                }
            }
        }

        ClassicRequest toRequest(String json) {
            ClassicRequest.Numbers numbers = groupIsNumber || userIsNumber || nameIsNumber
                    ? new ClassicRequest.Numbers(groupIsNumber, userIsNumber, nameIsNumber)
                    : ClassicRequest.Numbers.NONE;
            return new ClassicRequest(
                    mode, groupId, fromUserId, fromUsername, fromAvatar, content, event, toUserId, numbers, json);
        }

        private static @Nullable String text(JsonToken value, JsonParser parser) {
            return value == JsonToken.VALUE_STRING ? read(parser) : null;
        }

        private static @Nullable String id(JsonToken value, JsonParser parser, boolean negative) {
            if (value == JsonToken.VALUE_NUMBER_INT) {
                String digits = read(parser);
                boolean signed = digits.charAt(0) == '-';
                return signed && (!negative || digits.equals("-0")) ? null : digits;
            }
            return text(value, parser);
        }

        /** The value as a text; those that nearly every frame has are not made anew. */
        private static String read(JsonParser parser) {
            int length = parser.getStringLength();
            if (length <= LONGEST_USUAL) {
                char[] chars = parser.getStringCharacters();
                int offset = parser.getStringOffset();
                for (String usual : USUAL) {
                    if (usual.length() == length && equal(usual, chars, offset)) {
                        return usual;
                    }
                }
            }
            return parser.getString();
        }

        private static boolean equal(String text, char[] chars, int offset) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) != chars[offset + i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
