package io.embedim.bench.compare;

import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.plan.Schedule;
import io.embedim.bench.compare.plan.Settings;
import io.embedim.bench.compare.plan.Step;
import io.embedim.bench.compare.play.Conductor;
import io.embedim.bench.compare.report.Report;
import io.embedim.bench.compare.result.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command behind im-bench/compare: runs the comparison and makes its report. Its first argument is the checkout, the second where modules build to. */
public final class Compare {

    /** What a server may need, with its heap of one gigabyte. */
    private static final long MEBIBYTES_EACH = 1300;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private Compare() {}

    /**
     * Runs it.
     *
     * @param args the checkout, the directory that modules build to, and the user's options
     * @throws IOException if results cannot be written or read
     */
    public static void main(String[] args) throws IOException {
        Layout layout = new Layout(Path.of(args[0]).toAbsolutePath().normalize(), args[1]);
        try {
            Options options =
                    Options.parse(List.of(args).subList(2, args.length).toArray(String[]::new));
            act(layout, options);
        } catch (IllegalArgumentException e) {
            System.err.println("compare: " + e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    private static void act(Layout layout, Options options) throws IOException {
        Path report = options.report();
        if (options.help()) {
            System.out.print(Options.USAGE);
        } else if (options.list()) {
            list();
        } else if (report != null) {
            say(Report.write(new ResultFiles(report).read(), report));
        } else {
            measure(layout, options);
        }
    }

    private static void list() {
        System.out.println("peers:");
        for (Peer peer : Peers.ALL) {
            System.out.printf(
                    "  %-17s %-20s %s%n",
                    peer.name(), peer.title(), peer.family().title());
        }
        System.out.println("scenarios (* also with --quick):");
        for (Scenario scenario : Scenarios.ALL) {
            System.out.printf("  %-14s %s %s%n", scenario.name(), scenario.quick() ? "*" : " ", scenario.title());
        }
    }

    private static void measure(Layout layout, Options options) throws IOException {
        Path out = directory(layout, options.out());
        ResultFiles files = new ResultFiles(out);
        Settings settings = options.settings();
        files.begin(MachineFacts.gather(layout, options.peers(), settings));
        List<Step> steps = Schedule.of(options.peers(), options.scenarios(), settings.rounds());
        long needed = MEBIBYTES_EACH * options.peers().size();
        boolean keep = MachineFacts.mebibytes("MemAvailable") > needed;
        if (!keep) {
            System.err.println("compare: less than " + needed
                    + " MiB of memory are free, so servers are ended after each run instead of"
                    + " being paused; this takes longer");
        }
        System.err.println(steps.size() + " runs; results go to " + out);
        // A report of what there is until then, should it be ended before its time.
        Thread early = new Thread(() -> reportQuietly(files, out), "report");
        Runtime.getRuntime().addShutdownHook(early);
        boolean made = new Conductor(layout, settings, files, System.err).run(steps, out.resolve("logs"), keep);
        // If not, this is the end, and the report of what there is has been begun.
        if (!made) return;
        Runtime.getRuntime().removeShutdownHook(early);
        say(Report.write(files.read(), out));
    }

    private static void reportQuietly(ResultFiles files, Path out) {
        try {
            Report.write(files.read(), out);
        } catch (IOException | RuntimeException e) {
            System.err.println("compare: no report was made: " + e.getMessage());
        }
    }

    private static Path directory(Layout layout, @Nullable Path chosen) {
        if (chosen != null) return chosen.toAbsolutePath().normalize();
        String time = TIME.format(Instant.now());
        return layout.file("im-bench/target/comparison").resolve(time);
    }

    private static void say(List<Path> written) {
        written.forEach(System.out::println);
    }
}
