package io.embedim.internal.v2;

import io.embedim.internal.codec.Keys;
import io.embedim.internal.codec.StrictJson;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.V2Body;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The body of a message: written anew, and those of its fields taken out that have a form. For one thread. */
final class Body {

    /** Longer numbers name no place on earth more exactly. */
    private static final int LONGEST_DEGREES = 32;

    private final StringBuilder members = new StringBuilder(96);
    private @Nullable String url;
    private @Nullable String name;
    private @Nullable String mime;
    private @Nullable Double latitude;
    private @Nullable Double longitude;
    private boolean wrongName;
    private boolean wrongOfFile;

    private Body() {}

    /** Reads an object, the parser at its beginning. */
    static Body read(JsonParser parser, Keys keys) {
        Body body = new Body();
        keys.open();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            StrictJson.add(field, keys);
            JsonToken value = parser.nextToken();
            body.take(field, parser, value);
            JsonCopy.member(parser, field, value, body.members, keys);
        }
        keys.close();
        return body;
    }

    private void take(String field, JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return; // As if it was not there.
        }
        switch (field) {
            case "url" -> url = Values.text(parser, value);
            case "name" -> {
                name = Values.text(parser, value);
                wrongName |= name == null;
            }
            case "mime" -> {
                mime = Values.text(parser, value);
                wrongOfFile |= mime == null;
            }
            case "size", "width", "height", "duration" -> wrongOfFile |= Values.integer(parser, value) < 0;
            case "latitude" -> latitude = degrees(parser, value);
            case "longitude" -> longitude = degrees(parser, value);
            default -> {}
        }
    }

    private static @Nullable Double degrees(JsonParser parser, JsonToken value) {
        return value.isNumeric() && parser.getStringLength() <= LONGEST_DEGREES
                ? Double.valueOf(parser.getString())
                : null;
    }

    /** The first rule of messages of this type that it breaks, or null where it breaks none. */
    @Nullable
    ProtocolText broken(String type, RequestValidator validator) {
        V2Body body = new V2Body(url, name, mime, latitude, longitude);
        return switch (type) {
            case "image", "file", "voice" ->
                First.of(
                        wrongName || wrongOfFile ? ProtocolText.BODY_FIELDS : null,
                        validator.broken(body, V2Body.OfFile.class));
            case "location" ->
                First.of(wrongName ? ProtocolText.BODY_FIELDS : null, validator.broken(body, V2Body.OfPlace.class));
            default -> null;
        };
    }

    void write(StringBuilder to) {
        to.append('{').append(members).append('}');
    }
}
