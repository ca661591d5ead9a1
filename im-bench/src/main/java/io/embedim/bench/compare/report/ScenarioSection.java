package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Kind;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.result.Results;
import io.embedim.bench.compare.result.Run;
import io.embedim.bench.compare.result.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All peers in one scenario: a chart of what it is about, and a table of all figures. */
final class ScenarioSection {

    private final Results results;
    private final Scenario scenario;
    private final List<Column> columns;

    ScenarioSection(Results results, Scenario scenario) {
        this.results = results;
        this.scenario = scenario;
        this.columns = Column.of(scenario.kind());
    }

    /** Empty if nobody has played it. */
    Optional<Section> section() {
        List<Peer> played = Peers.ALL.stream()
                .filter(peer -> !results.of(peer.name(), scenario.name()).isEmpty())
                .sorted(order())
                .toList();
        if (played.isEmpty()) return Optional.empty();
        List<String> headers = new ArrayList<>(List.of("peer", "kind"));
        columns.forEach(column -> headers.add(column.title()));
        headers.add("lost or wrong");
        Table table = new Table(headers, played.stream().map(this::row).toList(), 2);
        return Optional.of(new Section(
                scenario.name(),
                scenario.title(),
                Words.of(scenario),
                charts(played),
                table,
                "im-bench/compare --scenarios " + scenario.name(),
                played.stream().flatMap(peer -> commands(peer).stream()).toList()));
    }

    /** The best one first, where more is better; otherwise the least. Who has no figure is last. */
    private Comparator<Peer> order() {
        boolean more = columns.get(0).figure().equals("per_second") && !cheap();
        Comparator<Double> numbers = more ? Comparator.<Double>reverseOrder() : Comparator.<Double>naturalOrder();
        return Comparator.comparing(
                peer -> spread(peer, drawn().figure()).map(Spread::median).orElse(more ? -1.0 : Double.MAX_VALUE),
                numbers);
    }

    /** One at a time, what is of interest is what a message costs. */
    private boolean cheap() {
        return (scenario.kind() == Kind.GROUP && scenario.window() == 1) || scenario.kind() == Kind.CORES;
    }

    private Column drawn() {
        return columns.get(cheap() ? 1 : 0);
    }

    private Optional<Spread> spread(Peer peer, String figure) {
        return results.spread(peer.name(), scenario.name(), figure);
    }

    private Row row(Peer peer) {
        List<String> cells = new ArrayList<>(List.of(peer.title(), peer.family().title()));
        List<Run> runs = results.of(peer.name(), scenario.name());
        long failed = runs.stream().filter(run -> !run.ended()).count();
        for (Column column : columns) {
            cells.add(spread(peer, column.figure())
                    .map(spread -> Format.spread(spread, column.unit()))
                    .orElse("–"));
        }
        double wrong = runs.stream().mapToDouble(Run::wrong).sum();
        cells.add(failed > 0 ? failed + " of " + runs.size() + " runs failed" : Format.number(wrong));
        return new Row(peer.family().name(), cells);
    }

    private List<String> commands(Peer peer) {
        List<Run> runs = results.of(peer.name(), scenario.name());
        Run last = runs.get(runs.size() - 1);
        return last.command().isEmpty() ? List.of() : List.of(last.server(), last.command());
    }

    private List<Chart> charts(List<Peer> played) {
        List<Chart> charts = new ArrayList<>();
        switch (scenario.kind()) {
            case ROUND_TRIP, PACED_GROUP, PACED_TALK, STALLED -> {
                charts.add(bars(played, "p50 and p99", columns.get(0), columns.get(1)));
                charts.add(
                        Chart.percentiles(scenario.name() + "-all", "The whole distribution", distributions(played)));
            }
            case IDLE -> {
                charts.add(bars(played, "live heap of a connection", columns.get(0)));
                charts.add(bars(played, "memory of the process for a connection", columns.get(1)));
            }
            default -> charts.add(bars(played, drawn().title(), drawn()));
        }
        return charts;
    }

    private Chart bars(List<Peer> played, String title, Column... of) {
        List<Chart.Bar> bars = new ArrayList<>();
        for (Peer peer : played) {
            for (Column column : of) {
                spread(peer, column.figure()).ifPresent(spread -> bars.add(bar(peer, column, spread)));
            }
        }
        // The charting library counts from below.
        Collections.reverse(bars);
        return Chart.bars(scenario.name() + "-" + of[0].figure(), title, unit(of[0]), bars);
    }

    private static Chart.Bar bar(Peer peer, Column column, Spread spread) {
        double unit = column.unit();
        return new Chart.Bar(
                peer.title(),
                column.title().split(",", 2)[0],
                peer.family().name(),
                spread.median() * unit,
                spread.least() * unit,
                spread.most() * unit);
    }

    private static String unit(Column column) {
        int comma = column.title().indexOf(", ");
        return comma < 0 ? column.title() : column.title().substring(comma + 2);
    }

    private List<Chart.Line> distributions(List<Peer> played) {
        return played.stream()
                .map(peer -> new Chart.Line(
                        peer.title(), peer.family().name(), Latencies.points(results.of(peer.name(), scenario.name()))))
                .filter(line -> !line.points().isEmpty())
                .toList();
    }
}
