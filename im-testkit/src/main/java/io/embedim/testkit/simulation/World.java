package io.embedim.testkit.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What a simulated client finds around it. */
interface World {

    VirtualTime time();

    SplittableRandom random();

    Findings findings();

    Distortion distortion();

    /** The server that runs just now, or null while none does. */
    @Nullable
    SimulatedServer server();

    Channel channel(String user, Channel.Ear ear);

    void trace(String who, String what);
}
