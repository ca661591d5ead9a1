package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Kind;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what came out for people: report.html, one page that needs nothing else, and results.md, the same tables. */
public final class Report {

    private Report() {}

    /**
     * Writes both.
     *
     * @param results what came out
     * @param directory where they go
     * @return the files
     * @throws IOException if they cannot be written
     */
    public static List<Path> write(Results results, Path directory) throws IOException {
        List<Claim> claims = Claims.of(results);
        List<Section> sections = sections(results);
        Path page = directory.resolve("report.html");
        Path text = directory.resolve("results.md");
        Files.writeString(page, Page.of(results, claims, sections));
        Files.writeString(text, Markdown.of(results, claims, sections));
        return List.of(page, text);
    }

    private static List<Section> sections(Results results) {
        List<Section> sections = new ArrayList<>();
        Overview.section(results).ifPresent(sections::add);
        for (Scenario scenario : Scenarios.ALL) {
            if (scenario.kind() != Kind.CORE) {
                new ScenarioSection(results, scenario).section().ifPresent(sections::add);
            }
        }
        sections.addAll(CoreSections.of(results));
        return sections;
    }
}
