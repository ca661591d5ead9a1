package io.embedim.testkit.simulation;

import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** What a simulated client finds around it. */
interface World {

    VirtualTime time();

    SplittableRandom random();

    Findings findings();

    Distortion distortion();

    /** A new connection to one of the servers. */
    Channel channel(String user, Channel.Ear ear);

    /** Writes down what happens, where anybody wants to read it. */
    void trace(String who, String how, String what);

    /** A text as JSON; what several clients get is parsed once. Not to be changed. */
    JsonNode json(String text);
}
