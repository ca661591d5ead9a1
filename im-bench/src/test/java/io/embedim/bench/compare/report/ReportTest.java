package io.embedim.bench.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.bench.compare.plan.Family;
import io.embedim.bench.compare.result.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the Markdown. */
class ReportTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void thePageNeedsNothingElse() throws IOException {
        String page = write(new Made().all(Family.OURS, "private", "p50_us", 12));

        assertThat(page).contains("embedim in Undertow", "echarts", "\"type\":\"bars\"");
        assertThat(page.replaceAll("(?s)<script>.*?</script>", ""))
                .doesNotContain("src=", "href=\"http", "@import", "{{");
    }

    @Test
    void whatFailedIsSaidAndCannotBreakThePage() throws IOException {
        String page = write(new Made().failed("tio", "private", "no </script><b>port</b>"));

        assertThat(page).contains("no &lt;/script&gt;&lt;b&gt;port", "1 of 1 runs failed");
    }

    @Test
    void markdownHasTheSameFigures() throws IOException {
        write(new Made()
                .run("tio", "private", Map.of("p50_us", 1234.4, "missing", 3.0))
                .failed("stomp", "private", "a | b"));

        assertThat(Files.readString(directory.resolve("results.md")))
                .contains("| t-io | JVM library | 1,234 |", "| 3 messages never came |", "| a \\| b |");
    }

    @Test
    void aDistributionEndsWithTheSlowest() {
        Run run =
                new Run("a", "b", 1, "", "", "", null, Map.of(), List.of(List.of(1000.0, 90.0), List.of(5000.0, 10.0)));

        assertThat(Latencies.points(List.of(run))).containsExactly(List.of(10.0, 1.0), List.of(200.0, 5.0));
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(List.of(1234567.8, 123.4, 12.34, 1.234, 0.1234, 0.0))
                .extracting(Format::number)
                .containsExactly("1,234,568", "123", "12.3", "1.23", "0.123", "0");
    }

    private String write(Made made) throws IOException {
        return Files.readString(Report.write(made.results(), directory).get(0));
    }
}
