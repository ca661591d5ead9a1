package io.embedim.bench.compare.result;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that came out of a comparison.
 *
 * @param machine what it ran on
 * @param runs in the order in which they were made
 * @param core benchmarks of the core
 * @param scaling benchmarks of the core that grows
 */
public record Results(Machine machine, List<Run> runs, List<Benchmark> core, List<Benchmark> scaling) {

    private static final Pattern TIME = Pattern.compile("_us(_|$)");

    /** Copies the lists. */
    public Results {
        runs = List.copyOf(runs);
        core = List.copyOf(core);
        scaling = List.copyOf(scaling);
    }

    /**
     * A figure over all rounds. A time of zero is none: nothing came, or less than a clock can tell.
     *
     * @param peer whose
     * @param scenario where
     * @param figure which
     * @return empty if no run has it
     */
    public Optional<Spread> spread(String peer, String scenario, String figure) {
        double[] figures = of(peer, scenario).stream()
                .filter(Run::ended)
                .map(run -> run.figures().get(figure))
                .filter(each -> each != null
                        && !each.isNaN()
                        && !(each == 0 && TIME.matcher(figure).find()))
                .mapToDouble(Double::doubleValue)
                .toArray();
        return figures.length == 0 ? Optional.empty() : Optional.of(Spread.of(figures));
    }

    /**
     * All runs of a peer in a scenario.
     *
     * @param peer whose
     * @param scenario where
     */
    public List<Run> of(String peer, String scenario) {
        return runs.stream()
                .filter(run -> run.peer().equals(peer) && run.scenario().equals(scenario))
                .toList();
    }

    /** Runs that did not come to their end. */
    public List<Run> failed() {
        return runs.stream().filter(run -> !run.ended()).toList();
    }

    /**
     * A benchmark of the core.
     *
     * @param method class and method
     * @param parameter a value that one of its parameters has
     */
    public Optional<Benchmark> core(String method, String parameter) {
        return core.stream().filter(each -> each.is(method, parameter)).findFirst();
    }
}
