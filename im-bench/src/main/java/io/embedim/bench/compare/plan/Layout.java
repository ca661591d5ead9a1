package io.embedim.bench.compare.plan;

import java.nio.file.Path;

/**
 * Where things are in a checkout. All names are relative to it, so that a command that is written down works in any other.
 *
 * @param root the checkout
 * @param target where each module builds to, below its own directory
 */
public record Layout(Path root, String target) {

    /** What im-bench was built to. */
    public String bench() {
        return "im-bench/" + target;
    }

    /** What a module of the peers was built to. */
    public String peer(String module) {
        return "im-bench/peers/" + module + "/" + target;
    }

    /** The load client. */
    public String client() {
        return bench() + "/load/imload";
    }

    /** The jar of the benchmarks. */
    public String benchmarks() {
        return bench() + "/im-bench.jar";
    }

    /** The file itself. */
    public Path file(String relative) {
        return root.resolve(relative);
    }
}
