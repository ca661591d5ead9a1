package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Results;
import java.util.List;
import java.util.stream.Collectors;

/** The report as Markdown, for the documentation. */
final class Markdown {

    private Markdown() {}

    static String of(Results results, List<Claim> claims, List<Section> sections) {
        StringBuilder text = new StringBuilder("# Results of the comparison\n\n");
        text.append("Made by `im-bench/compare`. Medians; from the least to the most in brackets.\n\n## Claims\n");
        for (Claim claim : claims) {
            text.append("\n### ")
                    .append(claim.number())
                    .append(". ")
                    .append(claim.title())
                    .append(": ");
            text.append(claim.status().title()).append("\n\n");
            table(text, Tables.of(claim));
        }
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append(section.text())
                    .append("\n\n```sh\n")
                    .append(section.again())
                    .append("\n```\n\n");
            table(text, section.table());
        }
        Table failures = Tables.failures(results);
        if (!failures.rows().isEmpty()) {
            text.append("\n## What failed\n\n");
            table(text, failures);
        }
        text.append("\n## Measured on\n\n");
        table(text, Tables.machine(results));
        text.append("\n## Versions\n\n");
        table(text, Tables.versions(results));
        return text.toString();
    }

    private static void table(StringBuilder text, Table table) {
        line(text, table.headers());
        text.append('|');
        for (int i = 0; i < table.headers().size(); i++) {
            text.append(i < table.texts() ? "---|" : "---:|");
        }
        text.append('\n');
        table.rows().forEach(row -> line(text, row.cells()));
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
