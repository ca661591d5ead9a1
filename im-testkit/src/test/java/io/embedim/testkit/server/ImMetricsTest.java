package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.metrics.ImMetrics;
import io.embedim.model.ConnectionId;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A server as meters (docs/how-to/metrics.md). */
class ImMetricsTest {

    private static final int THREADS = 4;
    private static final int CONNECTIONS_EACH = 1_500;

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

    private double value(String name, String... tags) {
        clock.add(Duration.ofSeconds(1));
        return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
    }

    private double sum(String name) {
        clock.add(Duration.ofSeconds(1));
        return registry.find(name).meters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    @Test
    void metersShowWhatTheServerSaysOfItself() {
        Clients clients = Clients.classic();
        new ImMetrics(clients.server).bindTo(registry);
        Clients.Client client = clients.open().join("a").joinGroup("a", 1).speak("a", 1, "x");
        clients.open().send("no json");

        assertThat(value("embedim.connections")).isEqualTo(1);
        assertThat(value("embedim.sessions", "state", "bound")).isEqualTo(1);
        assertThat(value("embedim.sessions", "state", "authenticated")).isZero();
        assertThat(value("embedim.users")).isEqualTo(1);
        assertThat(value("embedim.groups")).isEqualTo(1);
        assertThat(value("embedim.received.frames")).isEqualTo(4);
        assertThat(value("embedim.messages", "kind", "group")).isEqualTo(1);
        assertThat(value("embedim.deliveries")).isEqualTo(1);
        assertThat(value("embedim.closed.connections", "code", "1007")).isEqualTo(1);
        assertThat(value("embedim.rejected.frames", "code", "400", "rule", "invalid_json"))
                .isEqualTo(1);
        assertThat(registry.get("embedim.handling").timer().count()).isEqualTo(4);
        assertThat(registry.get("embedim.delivery").timer().count()).isEqualTo(1);
        assertThat(client.closeCode()).isZero();
    }

    @Test
    void severalServersShareARegistryByTags() {
        Clients one = Clients.classic();
        Clients two = Clients.classic();
        new ImMetrics(one.server, Tags.of("server", "one")).bindTo(registry);
        new ImMetrics(two.server, Tags.of("server", "two")).bindTo(registry);
        two.open();

        assertThat(value("embedim.connections", "server", "one")).isZero();
        assertThat(value("embedim.connections", "server", "two")).isEqualTo(1);
    }

    @Test
    void noMeterComesWithTrafficAndNoTagHasAnIdOfAnybody() {
        Clients clients = Clients.classic();
        new ImMetrics(clients.server).bindTo(registry);
        List<Meter.Id> before = registry.getMeters().stream().map(Meter::getId).toList();
        List<ConnectionId> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Clients.Client client = clients.open()
                    .join("user-" + i)
                    .joinGroup("user-" + i, 7000 + i)
                    .speak("user-" + i, 7000 + i, "content-" + i)
                    .speakTo("user-" + i, "user-" + (i + 1), "content-" + i)
                    .send("{\"event\":\"event-" + i + "\"}");
            ids.add(client.id());
            client.inbound.closed(new CloseReason(3000 + i, "reason-" + i), null);
        }

        assertThat(registry.getMeters()).extracting(Meter::getId).containsExactlyInAnyOrderElementsOf(before);
        assertThat(before)
                .flatExtracting(Meter.Id::getTags)
                .extracting(Tag::getKey)
                .isSubsetOf("state", "kind", "code", "rule", "backend", "le");
        assertThat(before)
                .flatExtracting(Meter.Id::getTags)
                .extracting(Tag::getValue)
                .noneMatch(value -> value.matches("(user|content|event|reason)-.*|70\\d\\d|30\\d\\d"))
                .doesNotContainAnyElementsOf(
                        ids.stream().map(ConnectionId::value).toList());
    }

    @Test
    void aRegistryThatOutlivesItsServerDoesNotKeepIt() {
        new ImMetrics(new Clients(new ManualRuntime(), ImServer.builder().classicProfile()).server).bindTo(registry);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(value("embedim.connections")).isNaN();
        });
    }

    @Test
    void settlesToZeroAfterChurn() throws Exception {
        try (ImServer server = ImServer.builder().classicProfile().build()) {
            new ImMetrics(server).bindTo(registry);
            AtomicLong sent = new AtomicLong();
            AtomicLong heard = new AtomicLong();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Random random = new Random(t);
                all.add(threads.submit(() -> {
                    begin.await();
                    churn(server, random, sent, heard);
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> one : all) {
                one.get(100, TimeUnit.SECONDS);
            }
            threads.shutdown();

            double connections = THREADS * CONNECTIONS_EACH;
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(value("embedim.connections")).isZero();
                assertThat(sum("embedim.closed.connections")).isEqualTo(connections);
                assertThat(value("embedim.sent.frames")).isEqualTo(heard.doubleValue());
            });
            for (String gauge : List.of(
                    "embedim.sessions",
                    "embedim.users",
                    "embedim.groups",
                    "embedim.queued",
                    "embedim.queued.longest")) {
                assertThat(sum(gauge)).as(gauge).isZero();
            }
            assertThat(value("embedim.opened.connections")).isEqualTo(connections);
            assertThat(value("embedim.closed.connections", "code", "1000")).isPositive();
            assertThat(value("embedim.closed.connections", "code", "1007")).isPositive();
            assertThat(value("embedim.received.frames")).isEqualTo(sent.doubleValue());
            assertThat(value("embedim.deliveries")).isPositive();
            assertThat(registry.get("embedim.handling").timer().count())
                    .isPositive()
                    .isLessThanOrEqualTo(sent.get());
        }
    }

    /** Clients that come, join, speak, leave in a way of their own, or are closed for what they say. */
    private static void churn(ImServer server, Random random, AtomicLong sent, AtomicLong heard) {
        for (int i = 0; i < CONNECTIONS_EACH; i++) {
            RecordingConnection connection = new RecordingConnection();
            connection.listen(new RecordingConnection.Listener() {
                @Override
                public void frame(String text) {
                    heard.incrementAndGet();
                }

                @Override
                public void closed(CloseReason reason) {}
            });
            Inbound inbound = server.open(connection, Handshake.at("/im").build());
            String user = "u" + random.nextInt(50);
            int group = 1 + random.nextInt(20);
            List<String> frames = new ArrayList<>(List.of(
                    Clients.frame("join", 1, 0, user, "\"content\":\"c\""),
                    Clients.frame("join", 2, group, user, "\"content\":\"c\""),
                    Clients.frame("speak", 2, group, user, "\"content\":\"all\""),
                    Clients.frame("speak", 1, 0, user, "\"to_user_id\":\"u1\",\"content\":\"you\"")));
            if (i % 3 == 0) {
                frames.add("no json");
            }
            for (String frame : frames) {
                inbound.received(frame, true);
                sent.incrementAndGet();
            }
            if (i % 3 != 0) {
                inbound.closed(CloseReason.NORMAL, null);
            }
        }
    }
}
