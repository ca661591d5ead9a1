package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Family;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.result.Benchmark;
import io.embedim.bench.compare.result.Machine;
import io.embedim.bench.compare.result.Results;
import io.embedim.bench.compare.result.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results that are made up, a figure at a time. */
final class Made {

    private final List<Run> runs = new ArrayList<>();
    private final List<Benchmark> core = new ArrayList<>();

    /** All peers of a family have the same figure. */
    Made all(Family family, String scenario, String figure, double value) {
        for (Peer peer : Peers.ALL) {
            if (peer.family() == family) one(peer.name(), scenario, figure, value);
        }
        return this;
    }

    Made one(String peer, String scenario, String figure, double value) {
        return run(peer, scenario, Map.of(figure, value));
    }

    Made run(String peer, String scenario, Map<String, Double> figures) {
        runs.add(new Run(peer, scenario, 1, "now", "server", "client", null, figures, List.of()));
        return this;
    }

    Made failed(String peer, String scenario, String error) {
        runs.add(new Run(peer, scenario, 1, "now", "server", "client", error, Map.of(), List.of()));
        return this;
    }

    /** Takes back what was said of a peer. */
    Made without(String peer) {
        runs.removeIf(run -> run.peer().equals(peer));
        return this;
    }

    Made core(String name, String parameter, double score, double bytes) {
        core.add(new Benchmark(name, Map.of("p", parameter), score, 1, score, bytes));
        return this;
    }

    Results results() {
        return new Results(Machine.unknown(), runs, core, List.of());
    }
}
