package io.embedim.testkit.simulation;

import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import java.util.Map;

/** One server process of a {@link SimulatedSystem}. All its time and all its tasks come from the runtime that it was started with; a crash is the end of that runtime. */
public interface SimulatedServer {

    /**
     * A client has connected.
     *
     * @param connection its pipe
     * @param handshake with the user as principal and the sub-protocol
     * @return where what the client sends goes
     */
    Inbound open(Connection connection, Handshake handshake);

    /** Ends the server in good order. */
    void close();

    /** The process has died; its runtime has ended. Only its surroundings notice: whoever kept something for it lets go of that. */
    void died();

    /**
     * What should be nothing when every client has gone.
     *
     * @return counts by name
     */
    Map<String, Long> leftovers();
}
