package io.embedim.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server processes of a run: which of them live, and what happens to them. */
final class Fleet {

    private static final int MOST_LOST = 12;

    private final VirtualTime time;
    private final Supplier<Duration> skew;
    private final SplittableRandom random;
    private final Trouble trouble;
    private final SimulatedSystem system;
    private final List<Node> nodes = new ArrayList<>();

    /** A place where a process runs, or is to run again; clients come to it by chance. */
    static final class Node {
        private final List<Channel> channels = new ArrayList<>();
        private @Nullable SimulatedServer server;
        private @Nullable SimulatedRuntime process;

        @Nullable
        SimulatedServer server() {
            return server;
        }

        /** How long what comes for it has to wait. */
        long stalledUntil() {
            return process == null ? 0 : process.stalledUntil();
        }

        void add(Channel channel) {
            channels.add(channel);
        }
    }

    Fleet(
            VirtualTime time,
            Supplier<Duration> skew,
            SplittableRandom random,
            Trouble trouble,
            SimulatedSystem system,
            int size) {
        this.time = time;
        this.skew = skew;
        this.random = random;
        this.trouble = trouble;
        this.system = system;
        for (int i = 0; i < size; i++) {
            nodes.add(new Node());
        }
    }

    /** Starts those that do not run. */
    void start() {
        for (Node node : nodes) {
            start(node);
        }
    }

    private void start(Node node) {
        if (node.server == null) {
            SimulatedRuntime runtime = new SimulatedRuntime(time, skew, random.split());
            node.process = runtime;
            node.server = system.start(runtime, broker -> new FaultyBroker(broker, trouble, time, runtime));
        }
    }

    Node any() {
        return nodes.get(nodes.size() == 1 ? 0 : random.nextInt(nodes.size()));
    }

    /** One process dies, and another one takes its place later. */
    void crash(int choice) {
        crash(nodes.get(choice % nodes.size()), choice);
    }

    /** All processes die, and what they stood on is lost, or only the logs. */
    void lose(int choice) {
        nodes.forEach(node -> crash(node, choice));
        if (choice % 2 == 0) {
            system.lose();
        } else {
            system.loseLogs();
        }
    }

    /** The logs lose their newest entries, while the processes live, or now and then with them. */
    List<LostEntry> promote(int choice) {
        if (choice % 4 == 0) {
            nodes.forEach(node -> crash(node, choice));
        }
        return system.loseTail(1 + choice / 4 % MOST_LOST);
    }

    private void crash(Node node, int choice) {
        SimulatedServer dead = node.server;
        SimulatedRuntime runtime = node.process;
        if (dead == null || runtime == null) {
            return;
        }
        node.server = null;
        runtime.close();
        dead.died();
        node.channels.forEach(Channel::serverDied);
        node.channels.clear();
        time.after(choice % 2_000 * 1_000_000L, () -> start(node));
    }

    /** A process stands still, for longer than its lease or not. */
    void stall(int choice) {
        SimulatedRuntime process = nodes.get(choice % nodes.size()).process;
        if (process != null) {
            process.stall(choice % 16_000 * 1_000_000L);
        }
    }

    /** All networks are quick again, and all processes go on. */
    void heal() {
        for (Node node : nodes) {
            node.channels.forEach(Channel::heal);
            if (node.process != null) {
                node.process.stall(0);
            }
        }
        start();
    }

    Map<String, Long> leftovers() {
        Map<String, Long> left = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (node.server != null) {
                node.server.leftovers().forEach((name, count) -> left.merge(name, count, Long::sum));
            }
        }
        return left;
    }

    void close() {
        for (Node node : nodes) {
            if (node.server != null) {
                node.server.close();
            }
        }
    }
}
