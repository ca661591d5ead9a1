package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Family;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.result.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rate of scenarios that have a fixed one: half of what the best of the JVM libraries did in a closed loop, in messages a second. It stays the same in all rounds. */
final class Pace {

    private static final double SHARE = 0.5;

    private final Map<String, Long> rates = new HashMap<>();

    /** The rate. */
    long of(Scenario scenario, List<Run> before) throws Failed {
        if (!scenario.kind().paced()) return 0;
        Long known = rates.get(scenario.name());
        if (known != null) return known;
        String source = Scenarios.saturatedBy(scenario);
        double best = before.stream()
                .filter(run -> run.scenario().equals(source) && run.ended() && competes(run.peer()))
                .mapToDouble(run -> run.figures().getOrDefault("per_second", 0.0))
                .max()
                .orElse(0);
        if (best <= 0) {
            throw new Failed(
                    "its rate is half of the best JVM library's in " + source + ", and none has a figure there");
        }
        long rate = Math.max(1, (long) (best * SHARE / scenario.size()));
        rates.put(scenario.name(), rate);
        return rate;
    }

    private static boolean competes(String name) {
        return Peers.ALL.stream()
                .filter(peer -> peer.name().equals(name))
                .map(Peer::family)
                .anyMatch(family -> family == Family.JVM);
    }
}
