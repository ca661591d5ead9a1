package io.embedim.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The server of im-core in the simulation. Other seeds: {@code -Dsimulation.from=… -Dsimulation.count=… -Dsimulation.threads=…}. One seed again, with some of its steps:
 * {@code -Dsimulation.seed=… -Dsimulation.clients=… -Dsimulation.steps=0,4,7}.
 */
class ServerSimulationTest {

    private static final int FEW = 200;
    private static final int MANY = 10_000;

    /** Each has shown a fault when it was run first; docs/how-to/simulate.md says which. */
    private static final long[] ONCE_FAILED = {
        47_406, 89_263, 126_941, 133_327, 156_480, 168_946, 177_583, 259_291, 261_446, 268_802, 359_048, 378_728,
        393_916, 642_900, 683_154, 874_784
    };

    private final Simulation simulation = Simulation.ofServer(InMemoryBackend::new);

    @Test
    void theServerKeepsTheRules() {
        assertKeepsTheRules(0, FEW);
    }

    @Test
    @Tag("slow")
    @Timeout(3_600 * 24)
    void theServerKeepsTheRulesInManyRuns() {
        assertKeepsTheRules(Long.getLong("simulation.from", FEW), Long.getLong("simulation.count", MANY - FEW));
    }

    @Test
    void seedsThatOnceFailedKeepTheRules() {
        Optional<Failure> failure = simulation.findIn(LongStream.of(ONCE_FAILED));

        assertThat(failure)
                .as(() -> failure.map(ServerSimulationTest::describe).orElse(""))
                .isEmpty();
    }

    @Test
    void aSeedCanBeReplayed() {
        Plan plan = Plan.of(Long.getLong("simulation.seed", 1));
        String kept = System.getProperty("simulation.steps", "");
        Plan part = (kept.isEmpty() ? plan : plan.keeping(numbers(kept)))
                .with(Integer.getInteger("simulation.clients", plan.clients()));

        Failure run = simulation.failure(part);

        assertThat(run.findings()).as(run::describe).isEmpty();
    }

    @Test
    void theLowestSeedThatFailsIsFoundOnManyThreads() {
        Simulation fails = Simulation.of(
                runtime -> new ModelSystem(runtime, ModelBug.LIVE_WHILE_CATCHING_UP, (correct, process) -> correct));

        Optional<Failure> one = fails.findIn(LongStream.range(0, 100));
        Optional<Failure> many = fails.findIn(0, 100, 3, ended -> {});

        assertThat(many).isEqualTo(one).isPresent();
    }

    private void assertKeepsTheRules(long from, long count) {
        int threads =
                Integer.getInteger("simulation.threads", Runtime.getRuntime().availableProcessors());
        Optional<Failure> failure = simulation.findIn(from, count, threads, new Progress(count));

        assertThat(failure)
                .as(() -> failure.map(ServerSimulationTest::describe).orElse(""))
                .isEmpty();
    }

    private static String describe(Failure failure) {
        return failure.describe() + "mvn -pl im-testkit -am test -Dtest=ServerSimulationTest#aSeedCanBeReplayed"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
                + failure.plan().seed()
                + " -Dsimulation.clients=" + failure.plan().clients() + " -Dsimulation.steps="
                + failure.plan().numbers();
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
    }
}
