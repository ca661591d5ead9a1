package io.embedim.bench.compare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.bench.compare.plan.Family;
import io.embedim.bench.compare.plan.Launch;
import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.plan.Schedule;
import io.embedim.bench.compare.plan.Settings;
import io.embedim.bench.compare.result.Machine;
import io.embedim.bench.compare.result.ResultFiles;
import io.embedim.bench.compare.result.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole comparisons of servers that are scripts, with a load client that is one too. */
class ConductorTest {

    private static final String SERVER = "echo ready peer=x port=7 pid=$$; cat >/dev/null";
    private static final Settings SETTINGS = new Settings(1, 1, 0, 0, 10, 100, 10, 1, 1, 128, 5, 5);

    @TempDir
    Path directory = Path.of("");

    @Test
    void aPeerThatDoesNotStartIsToldAndTheRestGoesOn() throws IOException {
        List<Run> runs = play(
                "echo '{\"per_second\":42,\"missing\":0}'",
                List.of(peer("broken", "echo cannot listen >&2; exit 1"), peer("good", SERVER)),
                "group-100-w64");

        assertThat(runs).extracting(Run::peer).containsExactly("broken", "good");
        assertThat(runs.get(0).error()).isEqualTo("it ended before it was ready (cannot listen)");
        assertThat(runs.get(1).error()).isNull();
        assertThat(runs.get(1).figures()).containsEntry("per_second", 42.0).containsKey("server_rss_kib");
        assertThat(runs.get(1).command()).contains("--mode fanout --clients 100 --window 64");
    }

    @Test
    void aRunWithoutResultIsToldWithTheClientsLastWords() throws IOException {
        List<Run> runs = play("echo only 3 are ready >&2; exit 2", List.of(peer("good", SERVER)), "group-100-w64");

        assertThat(runs.get(0).error()).isEqualTo("the load client gave no result: only 3 are ready");
    }

    @Test
    void thePaceIsHalfOfTheBestJvmLibrarysRate() throws IOException {
        List<Run> runs =
                play("echo '{\"per_second\":50000}'", List.of(peer("tio", SERVER)), "group-100-w64", "paced-100");

        assertThat(runs.get(1).figures()).containsEntry("rate", 250.0);
        assertThat(runs.get(1).command()).contains("--mode rate --clients 100 --rate 250");
    }

    @Test
    void withoutAJvmLibrarysRateThereIsNoPace() throws IOException {
        List<Run> runs = play(
                "echo '{\"per_second\":50000}'",
                List.of(peer("embedim-tomcat", SERVER), peer("node-ws", SERVER)),
                "group-100-w64",
                "paced-100");

        assertThat(runs).last().extracting(Run::error).asString().contains("none has a figure");
    }

    private List<Run> play(String client, List<Peer> peers, String... names) throws IOException {
        Path script = directory.resolve("im-bench/target/load/imload");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + client + "\n");
        if (!script.toFile().setExecutable(true)) throw new IOException("cannot make " + script + " executable");
        List<Scenario> scenarios = Scenarios.ALL.stream()
                .filter(each -> List.of(names).contains(each.name()))
                .toList();
        ResultFiles files = new ResultFiles(directory);
        files.begin(Machine.unknown());
        Conductor conductor = new Conductor(
                new Layout(directory, "target"), SETTINGS, files, new PrintStream(OutputStream.nullOutputStream()));

        assertThat(conductor.run(Schedule.of(peers, scenarios, 1), directory.resolve("logs"), true))
                .isTrue();

        return files.read().runs();
    }

    private static Peer peer(String name, String script) {
        return new Peer(name, name, Family.JVM, new Script(script), List.of(), true, "none");
    }

    /** A server that is a line of shell. */
    private record Script(String script) implements Launch {

        @Override
        public List<String> command(Layout layout) {
            return List.of("sh", "-c", script);
        }

        @Override
        public String libraries(Layout layout) {
            return "none";
        }

        @Override
        public boolean jvm() {
            return false;
        }
    }
}
