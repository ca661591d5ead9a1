package io.embedim.bench.compare.plan;

import java.util.ArrayList;
import java.util.List;

/** How a server is started, and where the libraries are that it runs on. */
public interface Launch {

    /** The same for every JVM. */
    List<String> JVM = List.of("java", "-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    /**
     * The command line, to be run in the root of the checkout.
     *
     * @param layout where things are
     */
    List<String> command(Layout layout);

    /**
     * A directory with a jar or a package for each library.
     *
     * @param layout where things are
     */
    String libraries(Layout layout);

    /** Whether the JDK's tools can look into it. */
    default boolean jvm() {
        return true;
    }

    /**
     * One of the containers that BenchServer starts.
     *
     * @param container its name
     * @param flags more for the JVM
     */
    record InContainer(String container, List<String> flags) implements Launch {

        /** Copies the flags. */
        public InContainer {
            flags = List.copyOf(flags);
        }

        @Override
        public List<String> command(Layout layout) {
            String bench = layout.bench();
            List<String> command = new ArrayList<>(JVM);
            command.addAll(flags);
            command.addAll(List.of(
                    "-cp",
                    bench + "/classes:" + bench + "/containers/" + container + "/*:" + bench + "/containers/common/*",
                    "io.embedim.bench.server.BenchServer",
                    container,
                    "0"));
            return command;
        }

        @Override
        public String libraries(Layout layout) {
            return layout.bench() + "/containers/" + container;
        }
    }

    /**
     * A module of im-bench/peers.
     *
     * @param module its directory
     */
    record PeerJar(String module) implements Launch {

        @Override
        public List<String> command(Layout layout) {
            List<String> command = new ArrayList<>(JVM);
            command.addAll(List.of("-jar", layout.peer(module) + "/peer.jar", "0"));
            return command;
        }

        @Override
        public String libraries(Layout layout) {
            return layout.peer(module) + "/lib";
        }
    }

    /**
     * A script of im-bench/peers/node.
     *
     * @param script its name
     */
    record NodeScript(String script) implements Launch {

        @Override
        public List<String> command(Layout layout) {
            return List.of("node", "im-bench/peers/node/" + script, "0");
        }

        @Override
        public String libraries(Layout layout) {
            return "im-bench/peers/node/node_modules";
        }

        @Override
        public boolean jvm() {
            return false;
        }
    }
}
