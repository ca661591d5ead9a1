package io.embedim.testkit.simulation;

import io.embedim.conversation.LogBroker;
import io.embedim.runtime.ImRuntime;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a simulation runs, from its beginning to its end: something that lasts, and server processes on it, one after the other or several at a time (SPI).
 *
 * <p><b>Threads.</b> One. Nothing in it may use a thread, a clock or chance of its own, or a failure cannot be replayed.
 */
public interface SimulatedSystem {

    /**
     * Starts a server on what lasts.
     *
     * @param runtime the process's time, chance and tasks
     * @param faults to be put around the broker that the server gets
     * @return the server
     */
    SimulatedServer start(ImRuntime runtime, UnaryOperator<LogBroker> faults);

    /** Loses all that was to last. No server runs. */
    void lose();

    /** Loses the logs; tables of members, lists and marks stay. No server runs. Loses all, unless it is overridden. */
    default void loseLogs() {
        lose();
    }

    /**
     * Loses the newest entries of all logs and what they did; servers may run. Nothing, unless it is overridden.
     *
     * @param entries how many, 1 or more
     * @return those that are gone, oldest first
     */
    default List<LostEntry> loseTail(int entries) {
        return List.of();
    }

    /**
     * How many servers may run at a time.
     *
     * @return 1 or more; 1, unless it is overridden
     */
    default int mostNodes() {
        return 1;
    }

    /**
     * Whether classic clients may come too.
     *
     * @return true where the server speaks the classic dialect beside {@code im.v2}
     */
    default boolean speaksClassic() {
        return false;
    }

    /** Makes a system for each simulated run. */
    @FunctionalInterface
    interface Factory {

        /**
         * A new system with nothing in it.
         *
         * @param runtime time and chance of what lasts; it never ends
         * @return the system
         */
        SimulatedSystem create(ImRuntime runtime);
    }
}
