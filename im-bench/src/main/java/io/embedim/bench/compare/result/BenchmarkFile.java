package io.embedim.bench.compare.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@code -rf json} of JMH writes. */
final class BenchmarkFile {

    private static final Map<String, Double> NANOS = Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9);

    private BenchmarkFile() {}

    /** All benchmarks of a file; none if it is not there. */
    static List<Benchmark> read(JsonMapper mapper, Path file) throws IOException {
        List<Benchmark> all = new ArrayList<>();
        if (!Files.exists(file) || Files.size(file) == 0) return all;
        for (JsonNode each : mapper.readTree(Files.readString(file))) {
            all.add(one(each));
        }
        return all;
    }

    private static Benchmark one(JsonNode node) {
        String full = node.path("benchmark").asString("");
        String name = full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
        Map<String, String> parameters = new TreeMap<>();
        node.path("params")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asString("")));
        JsonNode primary = node.path("primaryMetric");
        double unit = NANOS.getOrDefault(primary.path("scoreUnit").asString("").toLowerCase(Locale.ROOT), Double.NaN);
        return new Benchmark(
                name,
                parameters,
                number(primary.path("score")) * unit,
                number(primary.path("scoreError")) * unit,
                secondary(node, "cpu"),
                secondary(node, "gc.alloc.rate.norm"));
    }

    /** Some versions put a dot before the names of profilers. */
    private static double secondary(JsonNode node, String name) {
        JsonNode all = node.path("secondaryMetrics");
        JsonNode found = all.has(name) ? all.path(name) : all.path("·" + name);
        return number(found.path("score"));
    }

    /** JMH writes "NaN" as a text where one run has no error. */
    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}
