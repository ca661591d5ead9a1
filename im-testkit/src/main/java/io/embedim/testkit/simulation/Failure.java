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

    /** What broke the rule mostly comes early; behind it, readers ask again and again whether it has mended itself. */
    private static final int FIRST_LINES = 300;

    private static final int LAST_LINES = 50;

    /** Keeps copies. */
    public Failure {
        findings = List.copyOf(findings);
        trace = List.copyOf(trace);
    }

    /**
     * All of it for people.
     *
     * @return findings, steps and the trace, in lines; of a long one its first {@value #FIRST_LINES} and last {@value #LAST_LINES} lines
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
        int leftOut = trace.size() - FIRST_LINES - LAST_LINES;
        if (leftOut <= 0) {
            trace.forEach(line -> append(text, line));
        } else {
            trace.subList(0, FIRST_LINES).forEach(line -> append(text, line));
            append(text, "… " + leftOut + " lines …");
            trace.subList(trace.size() - LAST_LINES, trace.size()).forEach(line -> append(text, line));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String line) {
        text.append("    ").append(line).append('\n');
    }
}
