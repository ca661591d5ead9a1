package io.embedim.bench.compare.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results in files and out of them. */
class ResultFilesTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void runsComeBackAsTheyWere() throws IOException {
        Run good = new Run(
                "tio", "idle", 1, "now", "java", "imload", null, Map.of("p99_us", 2.5), List.of(List.of(1.0, 3.0)));
        Run bad = new Run("ws", "idle", 1, "now", "node", "", "it ended", Map.of(), List.of());
        ResultFiles files = new ResultFiles(directory);
        files.begin(new Machine(Map.of("cores", "2"), Map.of(), Map.of()));

        files.add(good);
        files.add(bad);

        Results read = files.read();
        assertThat(read.runs()).containsExactly(good, bad);
        assertThat(read.failed()).containsExactly(bad);
        assertThat(read.machine().facts()).containsEntry("cores", "2");
    }

    @Test
    void aRunThatFailedIsNotInTheMedian() throws IOException {
        ResultFiles files = new ResultFiles(directory);
        files.begin(Machine.unknown());
        files.add(new Run("tio", "idle", 1, "", "", "", null, Map.of("x", 1.0), List.of()));
        files.add(new Run("tio", "idle", 2, "", "", "", "it ended", Map.of("x", 99.0), List.of()));

        assertThat(files.read().spread("tio", "idle", "x")).hasValue(Spread.of(1));
    }

    @Test
    void aBrokenLineIsTold() throws IOException {
        Files.writeString(directory.resolve("runs.jsonl"), "\n{\"peer\":");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResultFiles(directory).read())
                .withMessageContaining("expected a run as JSON in line 2");
    }

    @Test
    void aDirectoryWithoutResultsIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResultFiles(directory).read())
                .withMessageContaining("expected the results of a comparison in");
    }

    @Test
    void benchmarksAreReadWithTheirProfilers() throws IOException {
        Files.writeString(directory.resolve("runs.jsonl"), "");
        Files.writeString(directory.resolve("core.json"), """
                [{"benchmark": "io.embedim.bench.GroupFanOutBenchmark.oneMessage", "params": {"members": "100"},
                  "primaryMetric": {"score": 5.5, "scoreError": "NaN", "scoreUnit": "us/op"},
                  "secondaryMetrics": {"·gc.alloc.rate.norm": {"score": 320.0}, "cpu": {"score": 6000.0}}}]
                """);

        assertThat(new ResultFiles(directory).read().core("GroupFanOutBenchmark.oneMessage", "100"))
                .hasValueSatisfying(found -> {
                    assertThat(found.score()).isEqualTo(5500);
                    assertThat(found.error()).isNaN();
                    assertThat(found.bytes()).isEqualTo(320);
                    assertThat(found.cpu()).isEqualTo(6000);
                });
    }
}
