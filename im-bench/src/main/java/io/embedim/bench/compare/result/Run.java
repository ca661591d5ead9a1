package io.embedim.bench.compare.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run, as it is kept in runs.jsonl.
 *
 * @param peer who had its turn
 * @param scenario what was played
 * @param round in which round
 * @param at when it ended
 * @param server the command that started the server
 * @param command the command that played
 * @param error why there are no figures, or null
 * @param figures what was counted, by name
 * @param histogram latencies: pairs of microseconds and how many took as long
 */
public record Run(
        String peer,
        String scenario,
        int round,
        String at,
        String server,
        String command,
        @Nullable String error,
        Map<String, Double> figures,
        List<List<Double>> histogram) {

    /** The error of a run that was never begun, because the time for all was up. */
    public static final String LEFT_OUT = "not begun: the time for all runs was up";

    private static final List<String> WRONG =
            List.of("missing", "order_errors", "duplicates", "strays", "refusals", "closed");

    /** Copies the figures; those that a file leaves out are empty. */
    public Run {
        figures = figures == null ? Map.of() : Map.copyOf(figures);
        histogram = histogram == null ? List.of() : List.copyOf(histogram);
    }

    /** Whether it was begun. */
    public boolean begun() {
        return !LEFT_OUT.equals(error);
    }

    /** Whether it came to its end. */
    public boolean ended() {
        return error == null;
    }

    /** How many messages never came, came twice, to somebody else or out of their order, and how many clients were refused or closed. */
    public long wrong() {
        return Math.round(WRONG.stream()
                .mapToDouble(each -> figures.getOrDefault(each, 0.0))
                .sum());
    }
}
