package io.embedim.testkit.simulation;

import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A model server on a log in memory that outlives it. */
final class ModelSystem implements SimulatedSystem {

    static final LogLimits KEEPS_ALL =
            new LogLimits(new Retention(1_000, Duration.ofDays(30), 1 << 20), 1 << 24, Duration.ofMinutes(10), 10_000);
    static final LogLimits KEEPS_LITTLE =
            new LogLimits(new Retention(8, Duration.ofDays(30), 1 << 20), 1 << 24, Duration.ofMinutes(10), 10_000);

    private final ImRuntime runtime;
    private final LogLimits limits;
    private final ModelBug bug;
    private final BiFunction<LogBroker, ImRuntime, LogBroker> wrong;
    private InMemoryBroker log;
    private ModelState state;
    private int generation;

    ModelSystem(ImRuntime runtime) {
        this(runtime, ModelBug.NONE, (broker, process) -> broker);
    }

    ModelSystem(ImRuntime runtime, ModelBug bug, BiFunction<LogBroker, ImRuntime, LogBroker> wrong) {
        this.bug = bug;
        this.wrong = wrong;
        this.runtime = runtime;
        this.limits = runtime.random().nextInt(3) == 0 ? KEEPS_LITTLE : KEEPS_ALL;
        this.log = new InMemoryBroker(runtime, limits);
        this.state = new ModelState("d" + generation++);
    }

    @Override
    public SimulatedServer start(ImRuntime process, UnaryOperator<LogBroker> faults) {
        return new ModelServer(process, faults.apply(wrong.apply(log.nextNode(process), process)), state, bug);
    }

    @Override
    public void lose() {
        log.close();
        log = new InMemoryBroker(runtime, limits);
        state = new ModelState("d" + generation++);
    }
}
