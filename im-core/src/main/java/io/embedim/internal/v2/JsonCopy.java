package io.embedim.internal.v2;

import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.Quotes;
import io.embedim.internal.codec.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes JSON anew as it is read: without white space, with the fewest escapes, numbers digit for digit, keys in their order. */
final class JsonCopy {

    private JsonCopy() {}

    /** A member of an object, behind others or none. */
    static void member(JsonParser parser, String name, JsonToken value, StringBuilder to) {
        member(parser, name, value, to, null);
    }

    /**
     * A member of an object, behind others or none.
     *
     * @param keys to see to it that the objects in it have none twice and not too many, or null where that was seen to
     */
    static void member(JsonParser parser, String name, JsonToken value, StringBuilder to, @Nullable Keys keys) {
        if (!to.isEmpty()) {
            to.append(',');
        }
        quote(name, to).append(':');
        value(parser, value, to, keys);
    }

    /** Any value, to its end; iterates, so that depth costs no stack. */
    static void value(JsonParser parser, JsonToken first, StringBuilder to, @Nullable Keys keys) {
        int depth = 0;
        boolean more = false;
        for (JsonToken token = first; ; token = parser.nextToken()) {
            boolean end = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
            if (more && !end) {
                to.append(',');
            }
            more = true;
            switch (token) {
                case START_OBJECT -> {
                    if (keys != null) {
                        keys.open();
                    }
                    to.append('{');
                    depth++;
                    more = false;
                }
                case START_ARRAY -> {
                    to.append('[');
                    depth++;
                    more = false;
                }
                case END_OBJECT -> {
                    if (keys != null) {
                        keys.close();
                    }
                    to.append('}');
                    depth--;
                }
                case END_ARRAY -> {
                    to.append(']');
                    depth--;
                }
                case PROPERTY_NAME -> {
                    if (keys != null) {
                        StrictJson.add(parser.currentName(), keys);
                    }
                    quote(parser.currentName(), to).append(':');
                    more = false;
                }
                case VALUE_STRING -> quote(parser.getString(), to);
                default -> to.append(parser.getString());
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private static StringBuilder quote(String text, StringBuilder to) {
        return to.append('"').append(Quotes.quoted(text)).append('"');
    }
}
