package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs JMH's benchmarks of the core. */
final class CoreBenchmarks {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Children children;
    private final Layout layout;
    private final Settings settings;

    CoreBenchmarks(Children children, Layout layout, Settings settings) {
        this.children = children;
        this.layout = layout;
        this.settings = settings;
    }

    /** Runs those that claims are about. */
    Outcome run(Path file, Commands told) throws Failed {
        return run("ClassicPrivateMessageBenchmark|GroupFanOutBenchmark" + (quick() ? ".oneMessage" : ""), file, told);
    }

    private boolean quick() {
        return settings.forks() == 1;
    }

    /** Runs those of a pattern; what they measured is in the file. */
    Outcome run(String pattern, Path file, Commands told) throws Failed {
        List<String> command = new ArrayList<>(List.of("java", "-jar", layout.benchmarks(), pattern));
        command.addAll(List.of("-f", Integer.toString(settings.forks()), "-w", "1", "-r", "1"));
        command.addAll(quick() ? List.of("-wi", "3", "-i", "2") : List.of("-wi", "6", "-i", "5"));
        command.addAll(List.of("-prof", "gc", "-prof", "io.embedim.bench.CpuTimeProfiler", "-rf", "json"));
        told.client(command);
        command.addAll(List.of("-rff", file.toString()));
        try {
            Files.deleteIfExists(file);
            Child jmh = children.start("jmh", command);
            long until = System.nanoTime() + LIMIT.toNanos();
            while (jmh.line(Duration.ofNanos(until - System.nanoTime())).isPresent()) {
                // Its progress; the result is in the file.
            }
            boolean ended = jmh.waitFor(Duration.ofSeconds(5)).isPresent();
            jmh.kill();
            if (!ended) throw new Failed("expected the benchmarks to end within " + LIMIT.toMinutes() + " minutes");
            if (!Files.exists(file) || Files.size(file) < 10) {
                throw new Failed("no benchmark named " + pattern + " has a result (" + jmh.lastError() + ")");
            }
            return new Outcome(Map.of(), List.of());
        } catch (IOException e) {
            throw new Failed("the benchmarks cannot be run: " + e.getMessage(), e);
        }
    }
}
