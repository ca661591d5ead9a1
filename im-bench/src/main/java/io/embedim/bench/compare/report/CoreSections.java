package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Benchmark;
import io.embedim.bench.compare.result.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JMH's benchmarks of the core. */
final class CoreSections {

    private CoreSections() {}

    static List<Section> of(Results results) {
        List<Section> sections = new ArrayList<>();
        if (!results.core().isEmpty()) {
            sections.add(section(
                    "core",
                    "The core alone",
                    "Without a container: a private message from text to text beside what Jackson alone needs for it, and a"
                            + " group's message to all its members.",
                    results.core(),
                    List.of()));
        }
        if (!results.scaling().isEmpty()) {
            sections.add(section(
                    "core-scaling",
                    "The core alone, growing",
                    "The same work while something else grows: a flat line is what is wanted where the work stays the same.",
                    results.scaling(),
                    lines(results.scaling())));
        }
        return sections;
    }

    private static Section section(String id, String title, String text, List<Benchmark> all, List<Chart> charts) {
        List<Row> rows = new ArrayList<>();
        for (Benchmark each : all) {
            rows.add(new Row(
                    "OURS",
                    List.of(
                            each.name(),
                            parameters(each),
                            Format.number(each.score())
                                    + (Double.isNaN(each.error()) ? "" : " ± " + Format.number(each.error())),
                            Format.number(each.cpu()),
                            Format.number(each.bytes()))));
        }
        List<String> headers = List.of("benchmark", "with", "ns", "CPU ns", "bytes allocated");
        return new Section(
                id, title, text, charts, new Table(headers, rows, 2), "im-bench/compare --scenarios " + id, List.of());
    }

    private static String parameters(Benchmark benchmark) {
        List<String> texts = new ArrayList<>();
        benchmark.parameters().forEach((name, value) -> texts.add(name + " " + value));
        return String.join(", ", texts);
    }

    /** A chart for each benchmark that has one parameter with numbers. */
    private static List<Chart> lines(List<Benchmark> all) {
        Map<String, List<List<Double>>> points = new LinkedHashMap<>();
        Map<String, String> axis = new LinkedHashMap<>();
        for (Benchmark each : all) {
            if (each.parameters().size() != 1) continue;
            Map.Entry<String, String> parameter =
                    each.parameters().entrySet().iterator().next();
            try {
                double x = Double.parseDouble(parameter.getValue());
                points.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(List.of(x, each.score()));
                axis.put(each.name(), parameter.getKey());
            } catch (NumberFormatException e) {
                // A text has no place on an axis; the table has it.
            }
        }
        List<Chart> charts = new ArrayList<>();
        points.forEach((name, line) -> {
            if (line.size() > 1) {
                charts.add(Chart.lines(
                        "scaling-" + charts.size(),
                        name,
                        axis.getOrDefault(name, ""),
                        "ns",
                        List.of(new Chart.Line("embedim", "OURS", line))));
            }
        });
        return charts;
    }
}
