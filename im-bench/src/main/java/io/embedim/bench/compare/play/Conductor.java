package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Kind;
import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Settings;
import io.embedim.bench.compare.plan.Step;
import io.embedim.bench.compare.result.ResultFiles;
import io.embedim.bench.compare.result.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes all runs, one after the other. A run that fails is told in its result, and the next one follows. To be used by one thread, which stays alive. */
public final class Conductor {

    private static final Outcome NOTHING = new Outcome(Map.of(), List.of());

    private final Layout layout;
    private final Settings settings;
    private final ResultFiles files;
    private final PrintStream progress;
    private final List<Run> runs = new ArrayList<>();
    private final Pace pace = new Pace();

    /**
     * One that has run nothing.
     *
     * @param layout where things are
     * @param settings how much is done
     * @param files where results go
     * @param progress where people look
     */
    public Conductor(Layout layout, Settings settings, ResultFiles files, PrintStream progress) {
        this.layout = layout;
        this.settings = settings;
        this.files = files;
        this.progress = progress;
    }

    /**
     * Makes them.
     *
     * @param steps in this order
     * @param logs a directory for what processes write as errors
     * @param keep whether servers stay, paused, between their turns
     * @return whether they were made; if not, all is ending
     * @throws IOException if results cannot be written
     */
    public boolean run(List<Step> steps, Path logs, boolean keep) throws IOException {
        TimeLeft time = new TimeLeft(steps.size());
        try (Children children = new Children(layout.root(), logs)) {
            Groups groups = new Groups();
            Arguments arguments = new Arguments(settings);
            Heat heat = new Heat(new Load(children, layout, List.of()), arguments, groups, settings.heat());
            try (Servers servers = new Servers(children, layout, heat, keep)) {
                Stage stage = new Stage(children, layout, settings, groups, arguments, heat, servers);
                CoreBenchmarks core = new CoreBenchmarks(children, layout, settings);
                int round = 1;
                long end =
                        System.nanoTime() + Duration.ofMinutes(settings.limit()).toNanos();
                for (Step step : steps) {
                    // New processes in each round: what a JVM's compiler makes of the same code differs from one to the
                    // next.
                    if (step.round() != round) servers.startOver();
                    round = step.round();
                    long begun = System.nanoTime();
                    Run run = begun < end ? one(step, stage, core) : run(step, new Commands(), Run.LEFT_OUT, NOTHING);
                    if (children.ending()) return false;
                    runs.add(run);
                    files.add(run);
                    if (step.peer() == null) {
                        time.stepOfItsOwn();
                    } else {
                        time.step((System.nanoTime() - begun) / 1e9);
                    }
                    say(time, step, run);
                }
            }
            return true;
        } catch (Children.Ending e) {
            return false;
        }
    }

    private Run one(Step step, Stage stage, CoreBenchmarks core) {
        Commands told = new Commands();
        try {
            Peer peer = step.peer();
            Outcome outcome = peer == null
                    ? core(step, core, told)
                    : stage.play(step.scenario(), peer, pace.of(step.scenario(), runs), told);
            return run(step, told, null, outcome);
        } catch (Failed e) {
            return run(step, told, String.valueOf(e.getMessage()), NOTHING);
        }
    }

    private static Run run(Step step, Commands told, @Nullable String error, Outcome outcome) {
        return new Run(
                step.who(),
                step.scenario().name(),
                step.round(),
                now(),
                told.server(),
                told.client(),
                error,
                outcome.figures(),
                outcome.histogram());
    }

    private Outcome core(Step step, CoreBenchmarks core, Commands told) throws Failed {
        if (step.scenario().kind() != Kind.CORE) throw new IllegalStateException(step + " has no peer");
        return step.scenario().name().equals("core")
                ? core.run(files.core(), told)
                : core.run("Scaling", files.scaling(), told);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void say(TimeLeft time, Step step, Run run) {
        progress.printf(
                Locale.ROOT,
                "%-9s %-14s %-17s %d  %s   %s left%n",
                time.where(),
                step.scenario().name(),
                step.who(),
                step.round(),
                Progress.of(run),
                time.left());
    }
}
