package io.embedim.bench.compare.plan;

import java.util.ArrayList;
import java.util.List;

/** The order of runs: in each round, each scenario by one peer after the other, A B C A B C. What disturbs the machine for a minute so disturbs all of them. */
public final class Schedule {

    private Schedule() {}

    /**
     * All runs.
     *
     * @param peers in the order of their turns
     * @param scenarios in the order in which they are played
     * @param rounds how often
     */
    public static List<Step> of(List<Peer> peers, List<Scenario> scenarios, int rounds) {
        List<Step> steps = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Scenario scenario : scenarios) {
                if (scenario.kind().alone()) {
                    // It takes its own rounds.
                    if (round == 1) steps.add(new Step(round, scenario, null));
                    continue;
                }
                for (Peer peer : peers) {
                    if (peer.plays(scenario)) steps.add(new Step(round, scenario, peer));
                }
            }
        }
        return List.copyOf(steps);
    }
}
