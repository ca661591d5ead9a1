package io.embedim.metrics;

import io.embedim.ImServer;
import io.embedim.monitor.ServerStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server as meters of Micrometer: {@code new ImMetrics(server).bindTo(registry)}. What they are called and mean is in docs/how-to/metrics.md.
 *
 * <p><b>Lifecycle.</b> Bind it once to each registry; the meters then live as long as both. They show the node that the server is, not the cluster. <b>Threads.</b> Safe for use by any.
 *
 * <p><b>Costs.</b> Counting goes on with and without a registry. Latencies are measured from the first binding on: a look at the clock before and after each frame, and two for a single
 * recipient of each message. A registry that is read looks at each open connection once.
 *
 * <p><b>Limits.</b> No tag has values that clients choose: the number of meters is fixed when they are bound.
 */
@SuppressWarnings("exports") // Micrometer is optional, so the module cannot bring it.
public final class ImMetrics implements MeterBinder {

    /** Microseconds. */
    private static final Duration[] BUCKETS = Stream.of(
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000)
            .map(micros -> Duration.ofNanos(micros * 1_000L))
            .toArray(Duration[]::new);

    private final ImServer server;
    private final Tags tags;

    /**
     * Meters without further tags.
     *
     * @param server the server
     */
    public ImMetrics(ImServer server) {
        this(server, List.of());
    }

    /**
     * Meters with tags of the application's, such as a name where it has several servers.
     *
     * @param server the server
     * @param tags what each meter is tagged with
     */
    public ImMetrics(ImServer server, Iterable<Tag> tags) {
        this.server = server;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Reading reading = new Reading(
                server,
                registry.config().clock(),
                timer(registry, "embedim.handling", "From a whole frame received to the end of its handling"),
                timer(
                        registry,
                        "embedim.delivery",
                        "From a message published to its write to one recipient completed"));
        server.measure(reading);
        Meters meters = new Meters(registry, reading, tags);
        now(meters);
        traffic(meters);
        troubles(meters, server.stats());
    }

    private Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static void now(Meters m) {
        m.gauge(
                "embedim.connections",
                "connections",
                "Open connections",
                s -> s.open().connections());
        String sessions = "Open connections by what is known of their client";
        m.with("state", "authenticated")
                .gauge("embedim.sessions", "sessions", sessions, s -> s.open().authenticated());
        m.with("state", "bound")
                .gauge("embedim.sessions", "sessions", sessions, s -> s.open().bound());
        m.gauge(
                "embedim.users",
                "users",
                "Users with an open connection",
                s -> s.open().users());
        m.gauge(
                "embedim.groups",
                "groups",
                "Groups with an open connection",
                s -> s.open().groups());
        m.gauge(
                "embedim.queued",
                "bytes",
                "What waits to be written to all clients",
                s -> s.open().queuedBytes());
        m.gauge(
                "embedim.queued.longest",
                "bytes",
                "What waits for the client for which most does",
                s -> s.open().longestQueueBytes());
    }

    private static void traffic(Meters m) {
        m.counter("embedim.opened.connections", "connections", "Connections that came", ServerStats::opened);
        m.counter(
                "embedim.received.frames",
                "frames",
                "What clients sent",
                s -> s.received().frames());
        m.counter(
                "embedim.received",
                "bytes",
                "What clients sent, in UTF-8",
                s -> s.received().bytes());
        m.counter(
                "embedim.sent.frames",
                "frames",
                "What was written to clients",
                s -> s.sent().frames());
        m.counter(
                "embedim.sent",
                "bytes",
                "What was written to clients, in UTF-8",
                s -> s.sent().bytes());
        String messages = "Messages that the broker took from this node";
        m.with("kind", "private").counter("embedim.messages", "messages", messages, ServerStats::privateMessages);
        m.with("kind", "group").counter("embedim.messages", "messages", messages, ServerStats::groupMessages);
        m.counter("embedim.deliveries", "deliveries", "Messages times recipients", ServerStats::deliveries);
        m.counter(
                "embedim.undelivered",
                "messages",
                "Private messages nobody was there to hear",
                ServerStats::undelivered);
    }

    private static void troubles(Meters m, ServerStats all) {
        all.closed()
                .keySet()
                .forEach(code -> m.with("code", code == ServerStats.OTHER_CODES ? "other" : code.toString())
                        .counter(
                                "embedim.closed.connections",
                                "connections",
                                "Sessions that have ended",
                                s -> s.closed().getOrDefault(code, 0L)));
        all.rejections()
                .keySet()
                .forEach(what -> m.with("code", Integer.toString(what.code()))
                        .with("rule", what.rule())
                        .counter(
                                "embedim.rejected.frames",
                                "frames",
                                "Answers that refuse a frame",
                                s -> s.rejections().getOrDefault(what, 0L)));
        m.counter(
                "embedim.rate.refused.frames",
                "frames",
                "Frames of clients that were too fast",
                ServerStats::rateRefused);
        m.counter("embedim.slow.consumers", "consumers", "Clients that fell behind", ServerStats::slowConsumers);
        all.backendFailures()
                .keySet()
                .forEach(backend -> m.with("backend", backend.label())
                        .counter(
                                "embedim.backend.failures",
                                "failures",
                                "Questions without an answer",
                                s -> s.backendFailures().getOrDefault(backend, 0L)));
    }
}
