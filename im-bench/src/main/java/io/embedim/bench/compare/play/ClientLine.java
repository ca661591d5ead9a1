package io.embedim.bench.compare.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The line of JSON that the load client ends with.
 *
 * @param figures all its numbers, by name
 * @param histogram pairs of microseconds and how many took as long
 */
record ClientLine(Map<String, Double> figures, List<List<Double>> histogram) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Empty if it is another line. */
    static Optional<ClientLine> parse(String line) {
        if (!line.startsWith("{")) return Optional.empty();
        try {
            JsonNode node = MAPPER.readTree(line);
            Map<String, Double> figures = new TreeMap<>();
            node.properties().forEach(each -> {
                if (each.getValue().isNumber())
                    figures.put(each.getKey(), each.getValue().doubleValue());
            });
            return Optional.of(new ClientLine(figures, pairs(node.path("histogram"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<List<Double>> pairs(JsonNode histogram) {
        List<List<Double>> pairs = new ArrayList<>();
        for (JsonNode pair : histogram) {
            if (pair.size() == 2)
                pairs.add(List.of(pair.get(0).doubleValue(), pair.get(1).doubleValue()));
        }
        return pairs;
    }
}
