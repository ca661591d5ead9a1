package io.embedim.examples.demo;

import io.embedim.examples.files.FileFolder;
import io.embedim.monitor.Health;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The little JSON that the demo speaks over HTTP. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static Answer people(List<Person> people) {
        return answer(json -> {
            json.writeStartArray();
            for (Person person : people) {
                json.writeStartObject();
                json.writeStringProperty("user_id", person.user().value());
                json.writeStringProperty("username", person.name());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** As the {@code body} of a message wants it. */
    static Answer file(String url, FileFolder.Kept file) {
        return answer(json -> {
            json.writeStartObject();
            json.writeStringProperty("url", url);
            json.writeStringProperty("name", file.name());
            json.writeNumberProperty("size", file.size());
            json.writeStringProperty("mime", file.kind().plainMime());
            file.width().ifPresent(width -> json.writeNumberProperty("width", width));
            file.height().ifPresent(height -> json.writeNumberProperty("height", height));
            json.writeEndObject();
        });
    }

    static Answer health(Health health) {
        return answer(json -> {
            json.writeStartObject();
            json.writeBooleanProperty("live", health.live());
            json.writeBooleanProperty("ready", health.ready());
            json.writeArrayPropertyStart("components");
            for (Health.Component component : health.components()) {
                json.writeStartObject();
                json.writeStringProperty("name", component.name());
                json.writeBooleanProperty("up", component.up());
                json.writeStringProperty("text", component.text());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static Answer live(boolean live) {
        return answer(json -> {
            json.writeStartObject();
            json.writeBooleanProperty("live", live);
            json.writeEndObject();
        });
    }

    static Answer object(String name, String value) {
        return answer(json -> {
            json.writeStartObject();
            json.writeStringProperty(name, value);
            json.writeEndObject();
        });
    }

    static Answer error(int status, String message) {
        return object("error", message).withStatus(status);
    }

    private static Answer answer(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            content.accept(json);
        }
        return Answer.of("application/json;charset=utf-8", bytes.toByteArray());
    }

    /** The fields of a flat object whose values are all texts, or empty for anything else. */
    static Optional<Map<String, String>> texts(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    return Optional.empty();
                }
                fields.put(name, json.getString());
            }
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
