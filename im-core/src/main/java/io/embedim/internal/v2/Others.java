package io.embedim.internal.v2;

import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.StrictJson;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a message says that the protocol does not know: the fields of one object {@code ext}, whether they came in such an object or beside it, and none twice. For one thread.
 */
final class Others {

    private final StringBuilder members = new StringBuilder(64);
    private final Set<String> names = new HashSet<>();

    /**
     * Takes a field.
     *
     * @param keys to see to it that the objects in it have no key twice and not too many, or null where that was seen to
     * @return false where there is one of that name already; that one stays
     */
    boolean add(JsonParser parser, String name, JsonToken value, @Nullable Keys keys) {
        if (names.add(name)) {
            JsonCopy.member(parser, name, value, members, keys);
            return true;
        }
        pass(parser, value, keys);
        return false;
    }

    /**
     * Takes all fields of an object.
     *
     * @return false where it is none, or has a field of a name that was there already
     */
    boolean addAll(JsonParser parser, JsonToken value, @Nullable Keys keys) {
        if (value != JsonToken.START_OBJECT) {
            pass(parser, value, keys);
            return false;
        }
        boolean all = true;
        if (keys != null) {
            keys.open();
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (keys != null) {
                StrictJson.add(name, keys);
            }
            all &= add(parser, name, parser.nextToken(), keys);
        }
        if (keys != null) {
            keys.close();
        }
        return all;
    }

    private static void pass(JsonParser parser, JsonToken value, @Nullable Keys keys) {
        if (keys == null) {
            parser.skipChildren();
        } else {
            StrictJson.skip(parser, value, keys);
        }
    }

    /** As a further member of an object; nothing where there is none. */
    String asExt() {
        return members.isEmpty() ? "" : ",\"ext\":{" + members + "}";
    }
}
