package io.embedim.testkit.simulation;

import java.util.List;

/**
 * A run in which a rule was broken, made as small as it gets.
 *
 * @param plan what still breaks it
 * @param findings which rules, and how
 * @param trace what was sent and what happened, a line each
 */
public record Failure(Plan plan, List<Finding> findings, List<String> trace) {

    private static final int MOST_LINES = 300;

    /** Keeps copies. */
    public Failure {
        findings = List.copyOf(findings);
        trace = List.copyOf(trace);
    }

    /**
     * All of it for people.
     *
     * @return findings, steps and the end of the trace, in lines
     */
    public String describe() {
        StringBuilder text = new StringBuilder("seed ").append(plan.seed()).append('\n');
        findings.forEach(finding -> text.append("  ").append(finding).append('\n'));
        text.append(plan.clients())
                .append(" clients, at most ")
                .append(plan.latency())
                .append(" ms under way, ");
        text.append(plan.steps().size()).append(" steps\n");
        plan.steps().forEach(step -> text.append("  ").append(step).append('\n'));
        int from = Math.max(0, trace.size() - MOST_LINES);
        trace.subList(from, trace.size())
                .forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }
}
