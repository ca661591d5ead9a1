package io.embedim.client;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists, strings, numbers and booleans, and back. */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * The objects of a text message: one, or those of an array.
     *
     * @throws IllegalArgumentException where it is no JSON or something else
     */
    static List<Fields> objects(String text) {
        Object value;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            value = first == null ? null : value(parser, first);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the message's JSON value; expected one value");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a message of " + text.length() + " chars is no JSON", e);
        }
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<Fields> objects = new ArrayList<>(values.size());
        for (Object one : values) {
            if (!(one instanceof Map)) {
                throw new IllegalArgumentException("a message holds something else than objects");
            }
            objects.add(Fields.of(one));
        }
        return objects;
    }

    static String write(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    map.put(name, value(parser, parser.nextToken()));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                JsonToken next;
                while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
                    list.add(value(parser, next));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getString();
            default -> null;
        };
    }

    private static void write(JsonGenerator to, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            to.writeStartObject();
            map.forEach((name, field) -> {
                to.writeName(String.valueOf(name));
                write(to, field);
            });
            to.writeEndObject();
        } else if (value instanceof Iterable<?> all) {
            to.writeStartArray();
            all.forEach(one -> write(to, one));
            to.writeEndArray();
        } else if (value instanceof Position at) {
            to.writeStartObject();
            to.writeStringProperty("epoch", at.epoch());
            to.writeNumberProperty("seq", at.seq());
            to.writeStringProperty("mid", at.mid());
            to.writeEndObject();
        } else if (value instanceof DirectoryCursor cursor) {
            to.writeStartObject();
            to.writeStringProperty("epoch", cursor.epoch());
            to.writeNumberProperty("version", cursor.version());
            to.writeEndObject();
        } else if (value instanceof EntryRef ref) {
            to.writeStartObject();
            to.writeNumberProperty("seq", ref.seq());
            to.writeStringProperty("mid", ref.mid());
            to.writeEndObject();
        } else if (value instanceof Boolean flag) {
            to.writeBoolean(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            to.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            to.writeRawValue(number.toString());
        } else if (value == null) {
            to.writeNull();
        } else {
            to.writeString(value.toString());
        }
    }
}
