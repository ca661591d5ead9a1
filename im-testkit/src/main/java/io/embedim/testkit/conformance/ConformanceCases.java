package io.embedim.testkit.conformance;

import io.embedim.testkit.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The recorded cases. */
public final class ConformanceCases {

    private ConformanceCases() {}

    /**
     * The 130 cases of the classic protocol.
     *
     * @return the cases, in the order of the file
     */
    public static Stream<ConformanceCase> classic() {
        return load("classic.jsonl").stream();
    }

    private static List<ConformanceCase> load(String file) {
        try (InputStream in = ConformanceCases.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not beside " + ConformanceCases.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> parse(JsonValues.read(line)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConformanceCase parse(JsonNode json) {
        List<ConformanceCase.Step> steps = new ArrayList<>();
        for (JsonNode step : json.required("steps")) {
            ConformanceCase.Action action = ConformanceCase.Action.valueOf(
                    step.required("do").stringValue().toUpperCase(Locale.ROOT));
            String text = action == ConformanceCase.Action.SEND
                    ? step.required("text").stringValue()
                    : "";
            steps.add(new ConformanceCase.Step(step.required("client").stringValue(), action, text));
        }
        Map<String, List<ConformanceCase.Expected>> expected = new LinkedHashMap<>();
        json.required("expect")
                .properties()
                .forEach(client -> expected.put(client.getKey(), parseExpected(client.getValue())));
        return new ConformanceCase(
                json.required("name").stringValue(),
                json.required("about").stringValue(),
                json.required("require_avatar").booleanValue(),
                steps,
                expected,
                Optional.ofNullable(json.get("differs")).map(JsonNode::asString));
    }

    private static List<ConformanceCase.Expected> parseExpected(JsonNode list) {
        List<ConformanceCase.Expected> expected = new ArrayList<>();
        for (JsonNode item : list) {
            expected.add(new ConformanceCase.Expected(item.required("after").intValue(), item.get("frame")));
        }
        return List.copyOf(expected);
    }
}
