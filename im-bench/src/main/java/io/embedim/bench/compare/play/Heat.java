package io.embedim.bench.compare.play;

import java.io.IOException;
import java.time.Duration;

/** Loads a new server until it has used some CPU time: code is compiled by what has run, not by the clock. */
final class Heat {

    private static final Duration RUN = Duration.ofSeconds(60);

    private final Load load;
    private final Arguments arguments;
    private final Groups groups;
    private final int cpuSeconds;

    Heat(Load load, Arguments arguments, Groups groups, int cpuSeconds) {
        this.load = load;
        this.arguments = arguments;
        this.groups = groups;
        this.cpuSeconds = cpuSeconds;
    }

    /** Returns when it is warm, or has had time enough to be. */
    void heat(Server server) throws Failed {
        // A server that uses less than a quarter of a core under load is as warm as it gets.
        long until =
                System.nanoTime() + Duration.ofSeconds(10L + 4L * cpuSeconds).toNanos();
        try {
            do {
                load.run(arguments.heating(server.peer(), server, groups.next()), RUN, where -> {});
                if (server.peer().addresses()) {
                    load.run(arguments.heatingPrivate(server.peer(), server, groups.next()), RUN, where -> {});
                }
            } while (Proc.cpuSeconds(server.pid()) < cpuSeconds && System.nanoTime() < until);
        } catch (IOException e) {
            throw new Failed("it ended while it was heated: " + e.getMessage(), e);
        }
    }
}
