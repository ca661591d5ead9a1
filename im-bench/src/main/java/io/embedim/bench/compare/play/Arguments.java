package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Settings;
import java.util.ArrayList;
import java.util.List;

/** What the load client is told for a scenario. */
final class Arguments {

    /** Members that read beside those that never do. */
    private static final int READERS = 20;

    /** Messages a second, and their bytes, to those that never read: the system takes some megabytes before a client looks slow. */
    private static final int STALL_RATE = 100;

    private static final int STALL_BYTES = 4096;

    private final Settings settings;

    Arguments(Settings settings) {
        this.settings = settings;
    }

    /**
     * The arguments.
     *
     * @param rate messages a second, where the scenario has a fixed rate
     */
    List<String> of(Scenario scenario, Peer peer, Server server, int group, long rate) {
        Line line = new Line(peer, server, group);
        switch (scenario.kind()) {
            case ROUND_TRIP -> line.mode("rtt").add("--clients", 2).add("--window", 1);
            case GROUP -> line.mode("fanout").add("--clients", scenario.size()).add("--window", scenario.window());
            case CORES -> line.mode("fanout").add("--clients", 100).add("--window", scenario.window());
            case TALK -> talk(line).add("--window", scenario.window());
            case PACED_TALK -> talk(line).add("--rate", rate);
            case PACED_GROUP ->
                line.mode("rate").add("--clients", scenario.size()).add("--rate", rate);
            case CHURN -> fenced(line.mode("churn"), scenario.size(), scenario.window());
            case MIXED -> line.mode("mixed").add("--clients", 1000).add("--window", scenario.window());
            case STORM -> fenced(line.mode("storm"), settings.storm(), scenario.window());
            case STALLED -> {
                line.mode("stall")
                        .add("--clients", READERS)
                        .add("--rate", STALL_RATE)
                        .add("--content", STALL_BYTES);
                if (scenario.size() > 0) line.add("--stalled", settings.stalled());
                // They stall in the first seconds, and that is what is to be seen.
                return line.add("--pause")
                        .add("--histogram")
                        .times(0, Math.max(6, settings.seconds() * 3))
                        .end();
            }
            case IDLE -> {
                return idle(peer, server, group, settings.idle());
            }
            case REST, CORE -> throw new IllegalArgumentException("no client takes part in " + scenario.name());
        }
        return line.add("--content", settings.content())
                .add("--histogram")
                .times(settings.warmup(), settings.seconds())
                .end();
    }

    /** Connections that do nothing; they are ready when it says so. */
    List<String> idle(Peer peer, Server server, int group, int connections) {
        Line line = new Line(peer, server, group).mode("hold").add("--clients", connections);
        if (peer.addresses())
            line.add("--groups", Math.max(1, connections / 100)).add("--bind");
        return line.add("--pause").end();
    }

    /** What a new server is given until it is warm. */
    List<String> heating(Peer peer, Server server, int group) {
        return new Line(peer, server, group)
                .mode("fanout")
                .add("--clients", 100)
                .add("--window", 64)
                .add("--content", settings.content())
                .times(0, 2)
                .end();
    }

    /** The same for private messages. */
    List<String> heatingPrivate(Peer peer, Server server, int group) {
        return new Line(peer, server, group)
                .mode("rtt")
                .add("--clients", 2)
                .add("--window", 1)
                .times(0, 1)
                .end();
    }

    /** In groups of ten, and each client is in when a message of its own has come back: not all servers confirm a join. */
    private static void fenced(Line line, int clients, int atOnce) {
        line.add("--clients", clients)
                .add("--groups", clients / 10)
                .add("--at-once", atOnce)
                .add("--fence");
    }

    private Line talk(Line line) {
        int groups = settings.talking();
        return line.mode("talk").add("--groups", groups).add("--clients", 10L * groups);
    }

    /** A command line that grows. */
    private static final class Line {
        private final List<String> words = new ArrayList<>();
        private final Server server;
        private final int group;

        Line(Peer peer, Server server, int group) {
            this.server = server;
            this.group = group;
            words.addAll(peer.load());
        }

        Line mode(String name) {
            words.add("--mode");
            words.add(name);
            return this;
        }

        Line add(String option) {
            words.add(option);
            return this;
        }

        Line add(String option, long value) {
            words.add(option);
            words.add(Long.toString(value));
            return this;
        }

        Line times(int warmup, int seconds) {
            return add("--warmup", warmup).add("--seconds", seconds);
        }

        /** What differs from run to run comes last. */
        List<String> end() {
            add("--port", server.port()).add("--pid", server.pid()).add("--group", group);
            return List.copyOf(words);
        }
    }
}
