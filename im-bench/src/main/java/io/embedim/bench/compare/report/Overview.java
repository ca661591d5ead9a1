package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All sizes of groups at once: what grows with a group, and what does not. */
final class Overview {

    private Overview() {}

    /** Empty if no two sizes were measured. */
    static Optional<Section> section(Results results) {
        List<Chart> charts = List.of(
                chart(results, 64, "per_second", "Deliveries a second, 64 outstanding", "deliveries/s"),
                chart(results, 1, "cpu_us_per_delivery", "CPU of a delivery, one at a time", "µs"));
        Table table = table(results);
        if (table.rows().isEmpty() || charts.stream().allMatch(Chart::empty)) return Optional.empty();
        return Optional.of(new Section(
                "sizes",
                "Small and large groups",
                "Deliveries a second with 64 messages outstanding, by the size of the group; the sections below have all figures.",
                charts,
                table,
                "im-bench/compare --scenarios "
                        + String.join(
                                ",",
                                Scenarios.SIZES.stream()
                                        .map(size -> Scenarios.group(size, 64))
                                        .toList()),
                List.of()));
    }

    private static Chart chart(Results results, int window, String figure, String title, String unit) {
        List<Chart.Line> lines = new ArrayList<>();
        for (Peer peer : Peers.ALL) {
            List<List<Double>> points = new ArrayList<>();
            for (int size : Scenarios.SIZES) {
                results.spread(peer.name(), Scenarios.group(size, window), figure)
                        .filter(spread -> spread.median() > 0)
                        .ifPresent(spread -> points.add(List.of((double) size, spread.median())));
            }
            if (points.size() > 1)
                lines.add(new Chart.Line(peer.title(), peer.family().name(), points));
        }
        return Chart.lines("sizes-" + window, title, "members", unit, lines);
    }

    private static Table table(Results results) {
        List<String> headers = new ArrayList<>(List.of("peer", "kind"));
        Scenarios.SIZES.forEach(size -> headers.add("group of " + size));
        List<Row> rows = new ArrayList<>();
        for (Peer peer : Peers.ALL) {
            List<String> cells =
                    new ArrayList<>(List.of(peer.title(), peer.family().title()));
            for (int size : Scenarios.SIZES) {
                cells.add(results.spread(peer.name(), Scenarios.group(size, 64), "per_second")
                        .map(spread -> Format.number(spread.median()))
                        .orElse("–"));
            }
            boolean any = cells.subList(2, cells.size()).stream().anyMatch(cell -> !cell.equals("–"));
            if (any) rows.add(new Row(peer.family().name(), cells));
        }
        return new Table(headers, rows, 2);
    }
}
