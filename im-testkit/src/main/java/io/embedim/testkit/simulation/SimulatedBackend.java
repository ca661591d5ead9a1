package io.embedim.testkit.simulation;

import io.embedim.ImServerBuilder;
import io.embedim.conversation.LogBroker;
import io.embedim.runtime.ImRuntime;
import java.util.List;

/**
 * What an {@link io.embedim.ImServer} stands on and what outlives it: a log, and whatever else its author likes to put under it (SPI).
 *
 * <p><b>Lifecycle.</b> Made for one run, or for a part of one: after a loss of everything a new one takes its place.
 *
 * <p><b>Threads.</b> One, and none of its own.
 */
public interface SimulatedBackend {

    /**
     * The log as one more process sees it, while it lives.
     *
     * @param process the process's time, chance and tasks
     * @return a broker without a listener, to be closed with the process
     */
    LogBroker node(ImRuntime process);

    /**
     * Sets up what lasts beside the log: directory, watermarks, memberships. The identity of clients, the broker and the runtime are set already.
     *
     * @param server a builder to be changed
     */
    void setUp(ImServerBuilder server);

    /**
     * How many processes may run on it at a time. Where there may be several, {@link #setUp} gives each a cluster membership of its own and all one session store.
     *
     * @return 1 or more; 1, unless it is overridden
     */
    default int mostNodes() {
        return 1;
    }

    /**
     * Loses what was said, and nothing else: as a log that is restored from nothing, while the tables beside it stay. No server runs.
     *
     * @return false, unless it is overridden, where that cannot happen; then everything is lost
     */
    default boolean loseLogs() {
        return false;
    }

    /**
     * Loses the newest entries of all logs, with what they did: as where a replica is promoted that lags. Everything older stays as it stood, and so do the tables beside the logs; what comes next gets the places of
     * what is gone. Entries of memberships are not among them where the table of members stays: it would say something else than the log. Servers may run: they live through it.
     *
     * @param entries how many at the most, over all conversations; 1 or more
     * @return those that are gone, oldest first; none, unless it is overridden, where that cannot happen
     */
    default List<LostEntry> loseTail(int entries) {
        return List.of();
    }

    /** Lets go of everything. */
    void close();
}
