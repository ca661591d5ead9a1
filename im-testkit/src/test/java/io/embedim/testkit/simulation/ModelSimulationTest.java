package io.embedim.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ModelSimulationTest {

    private final Simulation simulation = Simulation.of(ModelSystem::new);

    @Test
    void theModelKeepsTheRules() {
        long from = Long.getLong("simulation.from", 0);
        long count = Long.getLong("simulation.count", 300);
        Optional<Failure> failure = simulation.findIn(LongStream.range(from, from + count));

        assertThat(failure.map(Failure::describe)).isEmpty();
    }

    @Test
    void thePlanOfASeedAlwaysMakesTheSameRun() {
        Failure once = simulation.failure(Plan.of(7));
        Failure again = simulation.failure(Plan.of(7));

        assertThat(again.trace()).hasSizeGreaterThan(20).isEqualTo(once.trace());
    }

    @Test
    void aPlanWithoutStepsIsQuiet() {
        assertThat(simulation.run(Plan.of(3).with(List.of()))).isEmpty();
    }
}
