package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.InMemoryWatermarks;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.InMemoryMemberships;
import io.embedim.testkit.simulation.Failure;
import io.embedim.testkit.simulation.Plan;
import io.embedim.testkit.simulation.SimulatedBackend;
import io.embedim.testkit.simulation.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What docs/how-to/simulate.md shows. */
class SimulateExampleTest {

    // tag::run[]
    @Test
    void nothingIsLostWhateverBreaks() {
        Simulation simulation = Simulation.ofServer(MyBackend::new);

        Optional<Failure> failure = simulation.findIn(LongStream.range(0, 50));

        assertThat(failure).as(() -> failure.map(Failure::describe).orElse("")).isEmpty();
    }
    // end::run[]

    @Test
    void aPlanCanBeRunAgain() {
        Simulation simulation = Simulation.ofServer(MyBackend::new);

        // tag::replay[]
        Plan plan = Plan.of(4711).keeping(List.of(0, 3, 5));

        Failure again = simulation.failure(plan);
        // end::replay[]

        assertThat(again.plan().numbers()).isEqualTo("0,3,5");
        assertThat(again.findings()).isEmpty();
        assertThat(again.trace()).isNotEmpty();
    }

    // tag::backend[]
    static final class MyBackend implements SimulatedBackend {

        private final InMemoryBroker log; // or your broker
        private final InMemoryDirectory directory;
        private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
        private final InMemoryMemberships memberships = new InMemoryMemberships();

        MyBackend(ImRuntime runtime) {
            log = new InMemoryBroker(runtime, LogLimits.DEFAULT);
            directory = new InMemoryDirectory(runtime);
        }

        @Override
        public LogBroker node(ImRuntime process) {
            return log.nextNode(process);
        }

        @Override
        public void setUp(ImServerBuilder server) {
            server.memberships(memberships)
                    .v2(V2Settings.inMemory().directory(directory).watermarks(watermarks));
        }

        @Override
        public void close() {
            log.close();
        }
    }
    // end::backend[]
}
