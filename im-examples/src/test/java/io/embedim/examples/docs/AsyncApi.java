package io.embedim.examples.docs;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** docs/asyncapi.yaml: its messages, by their keys, and what a frame has to be to be one of them. */
final class AsyncApi {

    private static final String FILE = "docs/asyncapi.yaml";
    private static final String PLACE = "https://example.org/asyncapi.json";

    private final JsonNode document = YAMLMapper.builder().build().readTree(Docs.read(FILE));
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7, builder -> builder.schemas(Map.of(PLACE, document.toString())));
    private final Map<String, Schema> schemas = new TreeMap<>();

    JsonNode document() {
        return document;
    }

    /** What is wrong with the document, by the schema of AsyncAPI 3.0. */
    List<String> faults() {
        try (InputStream schema = Objects.requireNonNull(
                AsyncApi.class.getResourceAsStream("/asyncapi/asyncapi-3.0.0.json"), "the schema of AsyncAPI")) {
            return texts(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema)
                    .validate(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keys of the messages that a channel's operations receive or send. */
    List<String> keys(String action, String channel) {
        List<String> keys = new ArrayList<>();
        for (JsonNode operation : document.path("operations")) {
            if (!operation.path("channel").path("$ref").asString().endsWith("/" + channel)) {
                continue;
            }
            if (operation.path("action").asString().equals(action)) {
                operation.path("messages").forEach(message -> keys.add(key(message)));
            } else {
                operation.path("reply").path("messages").forEach(message -> keys.add(key(message)));
            }
        }
        return keys.stream().distinct().toList();
    }

    private static String key(JsonNode reference) {
        String path = reference.path("$ref").asString();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Which of some messages has this name: the event of its frames. */
    Optional<String> named(List<String> keys, String event) {
        return keys.stream()
                .filter(key -> message(key).path("name").asString().equals(event))
                .findFirst();
    }

    JsonNode message(String key) {
        return document.path("components").path("messages").path(key);
    }

    List<JsonNode> examples(String key) {
        List<JsonNode> examples = new ArrayList<>();
        message(key).path("examples").forEach(example -> examples.add(example.path("payload")));
        return examples;
    }

    /** How a frame is not what a message has to be. */
    List<String> faults(String key, JsonNode frame) {
        return texts(schemas.computeIfAbsent(
                        key,
                        name -> registry.getSchema(
                                SchemaLocation.of(PLACE + "#/components/messages/" + name + "/payload")))
                .validate(frame));
    }

    private static List<String> texts(List<com.networknt.schema.Error> errors) {
        return errors.stream().map(Object::toString).toList();
    }
}
