package io.embedim.bench.compare.play;

import java.util.List;

/** Which cores a process may use, where that is what is measured. */
final class Cores {

    private Cores() {}

    /** The server has the first ones. */
    static List<String> server(int cores) throws Failed {
        int there = Runtime.getRuntime().availableProcessors();
        if (cores > there) throw new Failed("it needs " + cores + " cores; there are " + there);
        return List.of("taskset", "-c", cores == 1 ? "0" : "0-" + (cores - 1));
    }

    /** The client has the others, if there are any. */
    static List<String> client(int cores) {
        int there = Runtime.getRuntime().availableProcessors();
        return cores >= there ? List.of() : List.of("taskset", "-c", cores + "-" + (there - 1));
    }
}
