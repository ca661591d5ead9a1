package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.result.Results;
import io.embedim.bench.compare.result.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables of what is no scenario: claims, failures, the machine. */
final class Tables {

    private Tables() {}

    static Table of(Claim claim) {
        List<Row> rows = claim.worstFirst().stream()
                .map(check -> new Row(
                        check.status().style(),
                        List.of(check.status().title(), check.what(), check.demanded(), check.ours(), check.theirs())))
                .toList();
        return new Table(List.of("", "what", "demanded", "ours", "held against"), rows, 5);
    }

    /** Nothing is left out because it did not run. */
    static Table failures(Results results) {
        List<Row> rows = new ArrayList<>();
        for (Run run : results.failed()) {
            rows.add(new Row(
                    "bad",
                    List.of(run.peer(), run.scenario(), Integer.toString(run.round()), String.valueOf(run.error()))));
        }
        for (Run run : results.runs()) {
            if (run.ended() && run.wrong() > 0) {
                rows.add(new Row(
                        "some", List.of(run.peer(), run.scenario(), Integer.toString(run.round()), Wrong.of(run))));
            }
        }
        return new Table(List.of("peer", "scenario", "round", "what happened"), rows, 4);
    }

    static Table machine(Results results) {
        List<Row> rows = new ArrayList<>();
        add(rows, results.machine().facts());
        add(rows, results.machine().settings());
        return new Table(List.of("", ""), rows, 2);
    }

    static Table versions(Results results) {
        List<Row> rows = new ArrayList<>();
        Peers.ALL.forEach(peer -> {
            String version = results.machine().versions().get(peer.name());
            if (version != null) {
                rows.add(new Row(
                        peer.family().name(),
                        List.of(peer.title(), peer.family().title(), peer.library(), version)));
            }
        });
        return new Table(List.of("peer", "kind", "library", "version"), rows, 4);
    }

    private static void add(List<Row> rows, Map<String, String> facts) {
        facts.forEach((name, value) -> rows.add(new Row("", List.of(name, value))));
    }
}
