package io.embedim.internal.codec;

import io.embedim.model.Limits;
import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a classic frame: strict JSON, in one pass, without building a tree.
 *
 * <p>What a frame costs is bounded by its length: values that nobody asked for are passed over, numbers are never converted, nesting and keys are limited. Safe for use by
 * any thread.
 */
public final class ClassicDecoder {

    private static final String[] USUAL = {"1", "2", "0", "speak", "ping", "join"};
    private static final int LONGEST_USUAL = 5;

    private final StrictJson strict;

    public ClassicDecoder(Limits limits) {
        strict = new StrictJson(limits);
    }

    /**
     * Takes a frame apart.
     *
     * @throws ProtocolException where it is not strict JSON, exceeds a limit, or is no object
     */
    public ClassicRequest decode(String text) {
        try (JsonParser parser = strict.parser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new ProtocolException(ProtocolText.INVALID_JSON);
            }
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                StrictJson.end(parser);
                throw new ProtocolException(ProtocolText.NOT_AN_OBJECT);
            }
            Fields fields = new Fields();
            readObject(parser, fields);
            StrictJson.end(parser);
            return fields.toRequest(object(text));
        } catch (JacksonException e) {
            throw new ProtocolException(ProtocolText.INVALID_JSON);
        }
    }

    /** A field that only few frames have; null where it is missing or no text. The frame must have been decoded once. */
    public @Nullable String text(String json, String field) {
        try (JsonParser parser = strict.again(json)) {
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

    private void readObject(JsonParser parser, Fields fields) {
        Keys keys = null; // Nearly all frames have the fields of the protocol and no others.
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            boolean known = fields.take(name, value, parser);
            boolean nested = value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY;
            if (known && !nested) {
                continue;
            }
            if (keys == null) {
                keys = strict.keys();
                keys.open();
            }
            if (!known) {
                StrictJson.add(name, keys);
            }
            if (nested) {
                StrictJson.skip(parser, value, keys);
            }
        }
        if (fields.count() + (keys == null ? 0 : keys.count()) > strict.maxKeys()) {
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
        private int seen; // A bit for each.
        private boolean groupIsNumber;
        private boolean userIsNumber;
        private boolean nameIsNumber;

        /** False for a field that the server does not look at; it is kept in the whole text and relayed with it. */
        boolean take(String name, JsonToken value, JsonParser parser) {
            switch (name) {
                case "mode" -> {
                    once(1);
                    mode = value.isScalarValue() && value != JsonToken.VALUE_NULL ? usual(parser) : null;
                }
                case "group_id" -> {
                    once(1 << 1);
                    groupId = id(value, parser, true);
                    groupIsNumber = value == JsonToken.VALUE_NUMBER_INT;
                }
                case "from_user_id" -> {
                    once(1 << 2);
                    fromUserId = id(value, parser, false);
                    userIsNumber = value == JsonToken.VALUE_NUMBER_INT;
                }
                case "from_username" -> {
                    once(1 << 3);
                    fromUsername = id(value, parser, false);
                    nameIsNumber = value == JsonToken.VALUE_NUMBER_INT;
                }
                case "from_avatar" -> {
                    once(1 << 4);
                    fromAvatar = id(value, parser, false);
                }
                case "content" -> {
                    once(1 << 5);
                    content = value == JsonToken.VALUE_STRING ? parser.getString() : null;
                }
                case "event" -> {
                    once(1 << 6);
                    event = value == JsonToken.VALUE_STRING ? usual(parser) : null;
                }
                case "to_user_id" -> {
                    once(1 << 7);
                    toUserId = id(value, parser, false);
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        /** How many of them there were. */
        int count() {
            return Integer.bitCount(seen);
        }

        private void once(int field) {
            if ((seen & field) != 0) {
                throw new ProtocolException(ProtocolText.INVALID_JSON);
            }
            seen |= field;
        }

        ClassicRequest toRequest(String json) {
            ClassicRequest.Numbers numbers = groupIsNumber || userIsNumber || nameIsNumber
                    ? new ClassicRequest.Numbers(groupIsNumber, userIsNumber, nameIsNumber)
                    : ClassicRequest.Numbers.NONE;
            return new ClassicRequest(
                    mode, groupId, fromUserId, fromUsername, fromAvatar, content, event, toUserId, numbers, json);
        }

        /** A group's id, most often "0", is never negative; the others are seldom alike. */
        private static @Nullable String id(JsonToken value, JsonParser parser, boolean ofGroup) {
            if (value == JsonToken.VALUE_NUMBER_INT) {
                String digits = ofGroup ? usual(parser) : parser.getString();
                return StrictJson.isId(digits, ofGroup) ? digits : null;
            }
            if (value != JsonToken.VALUE_STRING) {
                return null;
            }
            return ofGroup ? usual(parser) : parser.getString();
        }

        /** The value as a text; those that nearly every frame has are not made anew. */
        private static String usual(JsonParser parser) {
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
