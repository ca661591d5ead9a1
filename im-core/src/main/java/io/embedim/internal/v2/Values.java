package io.embedim.internal.v2;

import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Position;
import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.StrictJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the values of fields, each to its end; what has another form is null. */
final class Values {

    /** What the server makes for mids and epochs is far shorter. */
    static final int MAX_NAME = 128;

    private static final long MAX_INTEGER = (1L << 53) - 1;
    private static final int LONGEST_INTEGER = 16;
    private static final int MAX_ID = 64;

    private Values() {}

    static @Nullable String text(JsonParser parser, JsonToken value) {
        return value == JsonToken.VALUE_STRING ? parser.getString() : null;
    }

    /** A text or an integer; which texts may be an id is for others to say. */
    static @Nullable String id(JsonParser parser, JsonToken value, boolean ofGroup) {
        if (value == JsonToken.VALUE_NUMBER_INT) {
            String digits = parser.getString();
            return StrictJson.isId(digits, ofGroup) ? digits : null;
        }
        return text(parser, value);
    }

    /** A number as {@code 1} or {@code "1"}, and what else could be meant for one. */
    static @Nullable String mode(JsonParser parser, JsonToken value) {
        return value.isScalarValue() ? parser.getString() : null;
    }

    /** An integer of 0 to 2^53 − 1, or −1 for anything else. */
    static long integer(JsonParser parser, JsonToken value) {
        if (value != JsonToken.VALUE_NUMBER_INT || parser.getStringLength() > LONGEST_INTEGER) {
            return -1;
        }
        String digits = parser.getString();
        long integer = digits.charAt(0) == '-' ? -1 : Long.parseLong(digits);
        return integer <= MAX_INTEGER ? integer : -1;
    }

    /** A name that the server once made. */
    static @Nullable String name(JsonParser parser, JsonToken value) {
        String name = text(parser, value);
        return name != null && name.length() <= MAX_NAME ? name : null;
    }

    /** User ids, or null where the list has something else, or too much. */
    static @Nullable List<String> users(JsonParser parser, JsonToken value, Keys keys, int max) {
        if (value != JsonToken.START_ARRAY) {
            StrictJson.skip(parser, value, keys);
            return null;
        }
        List<String> users = new ArrayList<>();
        boolean valid = true;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            String user = id(parser, next, false);
            StrictJson.skip(parser, next, keys);
            valid &= user != null && isUser(user) && users.size() < max;
            if (valid && user != null) {
                users.add(user);
            }
        }
        return valid ? users : null;
    }

    static @Nullable Position position(JsonParser parser, JsonToken value, Keys keys) {
        Place place = Place.read(parser, value, keys);
        return place.epoch == null || place.mid == null || place.seq < 0
                ? null
                : new Position(place.epoch, place.seq, place.mid);
    }

    static @Nullable EntryRef ref(JsonParser parser, JsonToken value, Keys keys) {
        Place place = Place.read(parser, value, keys);
        return place.mid == null || place.mid.isEmpty() || place.seq < 1 ? null : new EntryRef(place.seq, place.mid);
    }

    static Request.@Nullable Cursor cursor(JsonParser parser, JsonToken value, Keys keys) {
        Place place = Place.read(parser, value, keys);
        return place.epoch == null || place.version < 0 ? null : new Request.Cursor(place.epoch, place.version);
    }

    private static boolean isUser(String id) {
        int length = id.length();
        return length > 0 && (length <= MAX_ID || id.codePointCount(0, length) <= MAX_ID);
    }

    /** The members of the small objects that name a place in something. */
    private static final class Place {

        private @Nullable String epoch;
        private @Nullable String mid;
        private long seq = -1;
        private long version = -1;

        /** Of what is no object nothing is known. */
        static Place read(JsonParser parser, JsonToken value, Keys keys) {
            Place place = new Place();
            if (value != JsonToken.START_OBJECT) {
                StrictJson.skip(parser, value, keys);
                return place;
            }
            keys.open();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                StrictJson.add(name, keys);
                JsonToken member = parser.nextToken();
                switch (name) {
                    case "epoch" -> place.epoch = name(parser, member);
                    case "mid" -> place.mid = name(parser, member);
                    case "seq" -> place.seq = integer(parser, member);
                    case "version" -> place.version = integer(parser, member);
                    default -> {}
                }
                StrictJson.skip(parser, member, keys);
            }
            keys.close();
            return place;
        }
    }
}
