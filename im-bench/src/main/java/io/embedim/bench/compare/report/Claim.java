package io.embedim.bench.compare.report;

import java.util.List;

/**
 * Something that we want to be true.
 *
 * @param number its number
 * @param title what it says
 * @param checks its parts
 */
record Claim(int number, String title, List<Check> checks) {

    Claim {
        checks = List.copyOf(checks);
    }

    /** As bad as its worst part. */
    Status status() {
        return checks.stream().map(Check::status).reduce(Status::worse).orElse(Status.NOT_MEASURED);
    }

    /** Its parts, the worst first. */
    List<Check> worstFirst() {
        return checks.stream()
                .sorted((a, b) -> a.status().compareTo(b.status()))
                .toList();
    }
}
