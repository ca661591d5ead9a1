package io.embedim.examples.demo;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

    static void people(HttpServletResponse response, List<Person> people) throws IOException {
        send(response, json -> {
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

    static void object(HttpServletResponse response, String name, String value) throws IOException {
        send(response, json -> {
            json.writeStartObject();
            json.writeStringProperty(name, value);
            json.writeEndObject();
        });
    }

    static void error(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        object(response, "error", message);
    }

    private static void send(HttpServletResponse response, Consumer<JsonGenerator> content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            content.accept(json);
        }
        response.setContentType("application/json; charset=utf-8");
        response.setContentLength(bytes.size());
        bytes.writeTo(response.getOutputStream());
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
