package io.embedim.examples.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.Speech;
import io.embedim.V2Settings;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients lose their connections at the same moment, and come back within about a second, each at a moment of its own; meanwhile more was said than fits into one page. So many:
 * {@code -Dim.storm.clients=5000}, which takes 10,000 open files.
 */
@Tag("slow")
class ReconnectStormTest {

    private static final int CLIENTS = Integer.getInteger("im.storm.clients", 500);
    private static final int GROUP_SIZE = 50;
    /** A page has 100 entries. */
    private static final int SAID_MEANWHILE = 120;

    private static final int CALM = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path temp;

    private final Tomcat tomcat = new Tomcat();
    private final ImServer server = ImServer.builder()
            .authenticator(handshake -> CompletableFuture.completedFuture(new Authentication.Accepted(
                    Identity.of(UserId.of(handshake.queryParameter("user").orElse("nobody"))))))
            .v2(V2Settings.inMemory())
            .build();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "storm"));
    private final List<StormClient> clients = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        tomcat.setBaseDir(temp.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> ImEndpoints.register(servlets, "/im", server), null);
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        onThread(() -> {
            clients.forEach(client -> {
                client.session.end();
                client.settle();
            });
            return true;
        });
        thread.shutdownNow();
        server.close();
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void everybodyWhoComesBackAtOnceEndsCaughtUp() throws Exception {
        URI uri = URI.create("ws://localhost:" + tomcat.getConnector().getLocalPort() + "/im");
        HttpClient http = HttpClient.newHttpClient();
        Future<?> ticks = thread.scheduleWithFixedDelay(this::tick, 10, 10, TimeUnit.MILLISECONDS);
        comeInCalmly(http, uri);
        sayInEachGroup("before", 1);
        awaitShown(1);

        resetPeak();
        long began = System.nanoTime();
        onThread(() -> {
            clients.forEach(StormClient::lose);
            return true;
        });
        sayInEachGroup("meanwhile", SAID_MEANWHILE);
        awaitShown(1 + SAID_MEANWHILE);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long heap = peak() >> 20;
        sayInEachGroup("after", 1);
        awaitShown(2 + SAID_MEANWHILE);

        assertThat(ticks).isNotDone(); // It is, where one has thrown.
        System.out.println(CLIENTS + " clients caught up with " + SAID_MEANWHILE + " messages each " + took.toMillis()
                + " ms after they were cut off; peak heap " + heap + " MiB, server and clients together");
        assertThat(onThread(() -> clients.stream()
                        .filter(client -> !client.troubles.isEmpty() || !client.shown.equals(expected()))
                        .map(client -> client.troubles + " " + client.shown)
                        .limit(3)
                        .toList()))
                .isEmpty();
    }

    private static List<String> expected() {
        List<String> words = new ArrayList<>(List.of("before 0"));
        for (int i = 0; i < SAID_MEANWHILE; i++) {
            words.add("meanwhile " + i);
        }
        words.add("after 0");
        return words;
    }

    private void tick() {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        for (StormClient client : clients) {
            if (client.isDue(now)) {
                client.session.tick();
                client.settle();
            }
        }
    }

    /** So many at a time; each becomes a member of a group. */
    private void comeInCalmly(HttpClient http, URI uri) throws Exception {
        for (int from = 0; from < CLIENTS; from += CALM) {
            for (int i = from; i < Math.min(CLIENTS, from + CALM); i++) {
                String group = Integer.toString(1 + i / GROUP_SIZE);
                StormClient client = new StormClient(http, uri, "u" + i, group, thread);
                onThread(() -> {
                    clients.add(client);
                    client.session.start();
                    client.settle();
                    return true;
                });
            }
            await("the first " + clients.size())
                    .atMost(PATIENCE)
                    .until(() -> onThread(() -> clients.stream()
                            .allMatch(client ->
                                    client.store.conversations().stream().anyMatch(client.session::isLive))));
        }
    }

    private void sayInEachGroup(String word, int times) {
        List<CompletableFuture<?>> said = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (int group = 0; group * GROUP_SIZE < CLIENTS; group++) {
                said.add(server.publish(Speech.toGroup(
                                UserId.of("clock"), "Clock", GroupId.of(Integer.toString(1 + group)), word + " " + i))
                        .toCompletableFuture());
            }
        }
        said.forEach(CompletableFuture::join);
    }

    private void awaitShown(int messages) {
        await(messages + " messages for each")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> onThread(() -> clients.stream().allMatch(client -> client.shown.size() >= messages)));
    }

    private <T> T onThread(Callable<T> task) throws InterruptedException, ExecutionException {
        return thread.submit(task).get();
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static void resetPeak() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Pools reach their peaks at different times, so this is an upper bound. */
    private static long peak() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }
}
