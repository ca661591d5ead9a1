package io.embedim.testkit.simulation;

import io.embedim.protocol.ValidatorBootstrap;
import io.embedim.runtime.ImRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Runs a system with clients, network and faults on virtual time, and checks the rules of docs/protocol-v2.md.
 *
 * <p>A seed decides everything, so a run that went wrong goes wrong again. Nothing waits for a clock; thousands of runs take a minute.
 *
 * <p><b>Threads.</b> Each run is one thread's. Runs of one simulation may go on in several threads, where the factory allows that.
 *
 * <p><b>Failure.</b> A broken rule is a {@link Failure}, shrunk to few steps. What a server throws counts as one.
 */
public final class Simulation {

    private final SimulatedSystem.Factory factory;
    private final Distortion distortion;

    private Simulation(SimulatedSystem.Factory factory, Distortion distortion) {
        this.factory = factory;
        this.distortion = distortion;
    }

    /**
     * A simulation.
     *
     * @param factory makes the system for each run
     * @return a simulation of it
     */
    public static Simulation of(SimulatedSystem.Factory factory) {
        return new Simulation(factory, Distortion.NONE);
    }

    /**
     * A simulation of {@link io.embedim.ImServer} on a backend. The validator is made once for all runs.
     *
     * @param backend makes the backend for each run, and another one after each loss
     * @return a simulation of it
     */
    public static Simulation ofServer(Function<ImRuntime, ? extends SimulatedBackend> backend) {
        ValidatorBootstrap once = new SharedValidator();
        return of(runtime -> new ServerSystem(runtime, backend, once));
    }

    /** The same where somebody is wrong. */
    Simulation with(Distortion fault) {
        return new Simulation(factory, fault);
    }

    /**
     * Runs one plan.
     *
     * @param plan the plan
     * @return the rules that were broken first, or nothing
     */
    public List<Finding> run(Plan plan) {
        return new Run(plan, factory, distortion, null).go();
    }

    /**
     * Runs the plan of a seed, and makes what goes wrong as small as it gets.
     *
     * @param seed the seed
     * @return what went wrong, or empty
     */
    public Optional<Failure> find(long seed) {
        Plan plan = Plan.of(seed);
        return run(plan).isEmpty() ? Optional.empty() : Optional.of(failure(shrink(plan)));
    }

    /**
     * Runs many seeds.
     *
     * @param seeds which
     * @return the first that goes wrong, or empty
     */
    public Optional<Failure> findIn(LongStream seeds) {
        return seeds.mapToObj(this::find).flatMap(Optional::stream).findFirst();
    }

    /**
     * Runs the seeds of a range on several threads, until one goes wrong.
     *
     * @param from the first seed
     * @param count how many
     * @param threads on how many threads; they end before this returns
     * @param progress hears how many runs have ended, one after the other but on any of the threads
     * @return what goes wrong with the lowest seed that does, or empty
     */
    public Optional<Failure> findIn(long from, long count, int threads, LongConsumer progress) {
        OptionalLong failing = new Seeds(from, count, progress)
                .first(threads, seed -> !run(Plan.of(seed)).isEmpty());
        return failing.isEmpty() ? Optional.empty() : find(failing.getAsLong());
    }

    /**
     * Makes a plan smaller while the same rule is broken.
     *
     * @param failing a plan that breaks one
     * @return a plan that breaks it too, with at most as many steps
     */
    public Plan shrink(Plan failing) {
        String rule = run(failing).get(0).rule();
        return new Shrinker(plan ->
                        run(plan).stream().anyMatch(finding -> finding.rule().equals(rule)))
                .shrink(failing);
    }

    /**
     * Runs a plan once more and writes down what happens.
     *
     * @param plan a plan
     * @return its findings and all that was sent
     */
    public Failure failure(Plan plan) {
        List<String> trace = new ArrayList<>();
        return new Failure(plan, new Run(plan, factory, distortion, trace::add).go(), trace);
    }
}
