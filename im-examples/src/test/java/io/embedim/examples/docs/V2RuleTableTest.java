package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of rules of docs/protocol-v2.md to the rules, and to the tests that it names. */
class V2RuleTableTest {

    private static final String DOCUMENT = "docs/protocol-v2.md";
    private static final Pattern HEADING = Pattern.compile("#+ .*?(?:: (V-[A-Z]+))?");
    private static final Pattern NUMBERED = Pattern.compile("(\\d+)\\. .*");
    private static final Pattern CITED = Pattern.compile("\\bV-[A-Z]{3,}(?: \\d+)?\\b");

    @Test
    void everyNumberedRuleIsARow() {
        assertThat(Docs.firstCells(DOCUMENT, "rules")).containsExactlyElementsOf(rules());
    }

    @Test
    void everyTestThatARowNamesExists() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path source : DocsTest.javaSources()) {
            tests.merge(source.getFileName().toString().replace(".java", ""), Docs.read(source), String::concat);
        }
        List<String> missing = new ArrayList<>();
        for (String row : Docs.rows(DOCUMENT, "rules", 2)) {
            for (String test : row.substring(row.indexOf('|') + 1).trim().split(", ", -1)) {
                String[] parts = test.split("#", -1);
                Pattern method = Pattern.compile("(?m)^    (default )?void " + parts[parts.length - 1] + "\\(");
                if (parts.length != 2
                        || !method.matcher(tests.getOrDefault(parts[0], "")).find()) {
                    missing.add(row.substring(0, row.indexOf('|')) + test);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void rulesThatAreCitedExist() throws IOException {
        TreeSet<String> known = new TreeSet<>(rules());
        rules().forEach(rule -> known.add(rule.substring(0, rule.indexOf(' '))));
        List<String> unknown = new ArrayList<>();
        List<Path> all = new ArrayList<>(Docs.all());
        all.addAll(DocsTest.javaSources());
        for (Path file : all) {
            CITED.matcher(Docs.read(file))
                    .results()
                    .map(MatchResult::group)
                    .filter(rule -> !known.contains(rule))
                    .forEach(rule -> unknown.add(rule + " in " + file.getFileName()));
        }

        assertThat(unknown).isEmpty();
    }

    /** The numbers below headings such as {@code ## Frames: V-FRAME}; a heading without any is no rule, and may not have a name. */
    private static List<String> rules() {
        List<String> rules = new ArrayList<>();
        String heading = "";
        int next = 1;
        for (String line : Docs.read(DOCUMENT).lines().toList()) {
            Matcher named = HEADING.matcher(line);
            Matcher numbered = NUMBERED.matcher(line);
            if (named.matches()) {
                assertThat(heading.isEmpty() || next > 1)
                        .as("rules below %s", heading)
                        .isTrue();
                heading = named.group(1) == null ? "" : named.group(1);
                next = 1;
            } else if (numbered.matches()) {
                assertThat(heading).as("name of the heading above: %s", line).isNotEmpty();
                assertThat(numbered.group(1)).as(line).isEqualTo(Integer.toString(next++));
                rules.add(heading + " " + numbered.group(1));
            }
        }
        return rules;
    }
}
