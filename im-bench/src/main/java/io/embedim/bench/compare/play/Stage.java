package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Kind;
import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Settings;
import io.embedim.bench.compare.result.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Plays one scenario with one peer. */
final class Stage {

    private static final int WARMING_CONNECTIONS = 500;

    private final Children children;
    private final Layout layout;
    private final Settings settings;
    private final Arguments arguments;
    private final Groups groups;
    private final Servers servers;
    private final Heat heat;
    private final LiveHeap heap;

    Stage(
            Children children,
            Layout layout,
            Settings settings,
            Groups groups,
            Arguments arguments,
            Heat heat,
            Servers servers) {
        this.children = children;
        this.layout = layout;
        this.settings = settings;
        this.groups = groups;
        this.arguments = arguments;
        this.heat = heat;
        this.servers = servers;
        this.heap = new LiveHeap(children);
    }

    /** Plays it; what was run is told even if it fails. */
    Outcome play(Scenario scenario, Peer peer, long rate, Commands told) throws Failed {
        try {
            return scenario.kind().fresh() ? fresh(scenario, peer, told) : warm(scenario, peer, rate, told);
        } catch (IOException e) {
            throw new Failed("the server ended: " + e.getMessage(), e);
        }
    }

    private Outcome warm(Scenario scenario, Peer peer, long rate, Commands told) throws Failed, IOException {
        told.server(Server.command(peer, layout, List.of()));
        Server server = servers.turnOf(peer);
        try {
            Map<String, Double> figures = new TreeMap<>();
            if (scenario.kind() == Kind.REST) {
                weigh(server, figures, "");
                servers.after(peer, false);
                return new Outcome(figures, List.of());
            }
            ClientLine line = run(scenario, server, rate, List.of(), told, where -> {});
            figures.putAll(line.figures());
            if (rate > 0) figures.put("rate", (double) rate);
            measure(server, figures);
            servers.after(peer, lost(figures));
            return new Outcome(figures, line.histogram());
        } catch (Failed | IOException e) {
            servers.after(peer, true);
            throw e;
        }
    }

    private Outcome fresh(Scenario scenario, Peer peer, Commands told) throws Failed, IOException {
        List<String> pinned = scenario.kind() == Kind.CORES ? Cores.server(scenario.size()) : List.of();
        List<String> beside = scenario.kind() == Kind.CORES ? Cores.client(scenario.size()) : List.of();
        told.server(Server.command(peer, layout, pinned));
        try (Server server = servers.fresh(peer, pinned)) {
            Map<String, Double> figures = new TreeMap<>();
            if (scenario.kind() == Kind.IDLE) {
                // Classes are loaded and buffers of the container made before the first figure.
                load(List.of())
                        .run(arguments.idle(peer, server, groups.next(), WARMING_CONNECTIONS), limit(), where -> {});
            } else {
                heat.heat(server);
            }
            if (scenario.kind() != Kind.CORES) weigh(server, figures, "before_");
            ClientLine line = run(scenario, server, 0, beside, told, where -> {
                if (where.equals(scenario.kind() == Kind.IDLE ? "ready" : "done")) weigh(server, figures, "");
            });
            line.figures().forEach(figures::putIfAbsent);
            if (scenario.kind() == Kind.IDLE) each(figures, settings.idle());
            if (scenario.kind() == Kind.CORES) measure(server, figures);
            return new Outcome(figures, line.histogram());
        }
    }

    private ClientLine run(
            Scenario scenario, Server server, long rate, List<String> before, Commands told, Load.AtPause pause)
            throws Failed {
        List<String> all = arguments.of(scenario, server.peer(), server, groups.next(), rate);
        Load load = load(before);
        told.client(load.command(all));
        return load.run(all, limit(), pause);
    }

    private Load load(List<String> before) {
        return new Load(children, layout, before);
    }

    private Duration limit() {
        return Duration.ofSeconds(
                (long) settings.patience() + settings.warmup() + 4L * settings.seconds() + settings.idle() / 100);
    }

    private static boolean lost(Map<String, Double> figures) {
        return new Run("", "", 0, "", "", "", null, figures, List.of()).wrong() > 0;
    }

    /** Memory and threads, without a collection. */
    private static void measure(Server server, Map<String, Double> figures) throws IOException {
        figures.putIfAbsent("server_rss_kib", Proc.rssKib(server.pid()));
        figures.putIfAbsent("server_threads", Proc.threads(server.pid()));
    }

    /** Memory and threads after a collection. */
    private void weigh(Server server, Map<String, Double> figures, String when) throws IOException {
        if (server.peer().launch().jvm()) {
            OptionalDouble live = heap.bytes(server.pid());
            if (live.isPresent()) figures.put(when + "live_bytes", live.getAsDouble());
        }
        figures.put(when + "server_rss_kib", Proc.rssKib(server.pid()));
        figures.put(when + "server_threads", Proc.threads(server.pid()));
    }

    /** What a connection costs: the difference, divided. */
    static void each(Map<String, Double> figures, int connections) {
        Double live = figures.get("live_bytes");
        Double empty = figures.get("before_live_bytes");
        if (live != null && empty != null) figures.put("live_bytes_each", (live - empty) / connections);
        Double rss = figures.get("server_rss_kib");
        Double bare = figures.get("before_server_rss_kib");
        if (rss != null && bare != null) figures.put("rss_bytes_each", (rss - bare) * 1024 / connections);
    }
}
