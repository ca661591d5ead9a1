package io.embedim.bench.compare;

import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Settings;
import io.embedim.bench.compare.result.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Finds out what a comparison runs on and with. */
final class MachineFacts {

    private MachineFacts() {}

    static Machine gather(Layout layout, List<Peer> peers, Settings settings) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", commit(layout));
        facts.put("processor", line(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", memory("MemTotal"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("Node", first(layout, "node", "--version"));
        facts.put("load before the start", load());
        Map<String, String> versions = new LinkedHashMap<>();
        for (Peer peer : peers) {
            versions.put(peer.name(), Versions.of(layout.file(peer.launch().libraries(layout)), peer.library()));
        }
        Map<String, String> how = new LinkedHashMap<>();
        how.put("rounds", Integer.toString(settings.rounds()));
        how.put("seconds measured", Integer.toString(settings.seconds()));
        how.put("seconds before", Integer.toString(settings.warmup()));
        how.put("CPU seconds of heating", Integer.toString(settings.heat()));
        how.put("bytes of content", Integer.toString(settings.content()));
        how.put("groups that talk", Integer.toString(settings.talking()));
        how.put("idle connections", Integer.toString(settings.idle()));
        how.put("connections of a storm", Integer.toString(settings.storm()));
        how.put("stalled members", Integer.toString(settings.stalled()));
        return new Machine(facts, versions, how);
    }

    /** In MiB, as Linux names it. */
    static long mebibytes(String name) {
        String text = line(Path.of("/proc/meminfo"), name).replace("kB", "").strip();
        return text.isEmpty() ? 0 : Long.parseLong(text) / 1024;
    }

    private static String memory(String name) {
        return mebibytes(name) + " MiB";
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String commit(Layout layout) {
        String commit = first(layout, "git", "rev-parse", "--short=12", "HEAD");
        String changed = first(layout, "git", "status", "--porcelain", "--untracked-files=no");
        return changed.isEmpty() || changed.equals("unknown") ? commit : commit + ", with changes";
    }

    private static String line(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String first(Layout layout, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(layout.root().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? text.strip().split("\n", 2)[0] : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
