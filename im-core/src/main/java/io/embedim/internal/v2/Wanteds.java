package io.embedim.internal.v2;

import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.StrictJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The list of conversations in a sync. */
final class Wanteds {

    private Wanteds() {}

    /** Reads the list to its end; null where it has something else, or too much. */
    static @Nullable List<Fields> read(StrictJson strict, JsonParser parser, JsonToken value, Keys keys) {
        if (value != JsonToken.START_ARRAY) {
            StrictJson.skip(parser, value, keys);
            return null;
        }
        List<Fields> list = new ArrayList<>();
        boolean valid = true;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            valid &= next == JsonToken.START_OBJECT && list.size() < RequestReader.MAX_LIST;
            if (valid) {
                Fields fields = new Fields(strict, Field.ADDRESS | Field.START, false);
                fields.read(parser, parser.nextToken());
                list.add(fields);
            } else {
                StrictJson.skip(parser, next, keys);
            }
        }
        return valid ? list : null;
    }
}
