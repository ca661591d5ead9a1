package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of an application, while its server goes on; in any container. */
abstract class UndeploySuite {

    private static final int TALKERS = 16;

    private final Container.Kind kind;
    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final ImServer server = ImServer.builder()
            .classicProfile()
            .listener(new ImListener() {
                @Override
                public void connected(Session session, Handshake handshake) {
                    opened.add(session.id().value());
                }

                @Override
                public void closed(Session session, CloseReason reason) {
                    ends.add(reason);
                }
            })
            .build();

    private final Queue<String> opened = new ConcurrentLinkedQueue<>();

    UndeploySuite(Container.Kind kind) {
        this.kind = kind;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNoSessionAndNoThread(boolean withInitializer) throws InterruptedException {
        assumeTrue(kind.hasServlets() || !withInitializer, "without servlets there is no initializer");
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Container container = kind.create()) {
            if (withInitializer) {
                container.initializer(new ImInitializer());
            }
            container.register(
                    "/im", Core.of(server), ImEndpointOptions.defaults().withCloseServerWithContext(true));
            container.register("/im2", Core.of(server), ImEndpointOptions.defaults());
            container.start();
            List<TestClient> clients = IntStream.range(0, 50)
                    .mapToObj(i -> TestClient.connect(container.uri(i % 2 == 0 ? "/im" : "/im2")))
                    .toList();
            for (TestClient client : clients) {
                // An answer comes only after the container has finished to open the session; before, it may close it
                // itself.
                client.send("{\"event\":\"ping\"}").receive();
            }

            container.undeploy();

            clients.forEach(client -> assertThat(client.awaitClose().code()).isEqualTo(4001));
            await().until(() -> server.connections() == 0);
            assertThat(ends).hasSize(50).containsOnly(CloseReason.GOING_AWAY);
            awaitNoThreadButThose(before);
            assertNobodyIsLetIn(container);
        }
    }

    /** Clients talk to their group without a pause, while the application ends under them. */
    @Test
    void underLoadEveryConnectionEndsAndNothingIsLeft() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ExecutorService talkers = Executors.newFixedThreadPool(TALKERS);
        try (Container container = kind.create()) {
            container.register(
                    "/im", Core.of(server), ImEndpointOptions.defaults().withCloseServerWithContext(true));
            container.start();
            CountDownLatch talking = new CountDownLatch(TALKERS);
            List<Future<?>> ended = new ArrayList<>();
            for (int i = 0; i < TALKERS; i++) {
                SocketClient client = SocketClient.connect(container.uri("/im"));
                int user = i;
                ended.add(talkers.submit(() -> talk(client, user, talking)));
            }
            assertThat(talking.await(20, TimeUnit.SECONDS)).isTrue();

            container.undeploy();

            for (Future<?> one : ended) {
                assertThat(one).succeedsWithin(Duration.ofSeconds(20));
            }
            await().until(() -> server.connections() == 0);
            assertThat(ends).hasSize(TALKERS).containsOnly(CloseReason.GOING_AWAY);
            assertThat(opened).hasSize(TALKERS);
            awaitNoThreadButThose(before);
            assertNobodyIsLetIn(container);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            talkers.shutdownNow();
        }
    }

    @Test
    void leavesTheServerToTheApplicationUnlessItSaysOtherwise() {
        try (Container first = kind.create();
                Container second = kind.create()) {
            first.register("/im", Core.of(server), ImEndpointOptions.defaults());
            second.register("/im", Core.of(server), ImEndpointOptions.defaults());
            first.start();
            second.start();
            TestClient gone = TestClient.connect(first.uri("/im"));
            TestClient stays = TestClient.connect(second.uri("/im"));

            first.undeploy();

            assertThat(gone.awaitClose().code()).isEqualTo(4001);
            assertThat(stays.send("{\"event\":\"ping\"}").closed()).isNotDone();
            await().until(() -> server.connections() == 1);
        }
    }

    /** Says one thing after the other, each when the one before has come back; so within all limits. */
    private static void talk(SocketClient client, int user, CountDownLatch talking) {
        try (client) {
            client.text(frame("join", user));
            for (int said = 0; true; said++) {
                if (said == 50) {
                    talking.countDown();
                }
                client.text(frame("speak", user));
                SocketClient.Frame heard = client.read();
                while (!heard.text().contains("\"event\":\"speak\"")
                        || !heard.text().contains("\"from_user_id\":\"u" + user + "\"")) {
                    if (heard.opcode == SocketClient.CLOSE) {
                        return;
                    }
                    heard = client.read();
                }
            }
        } catch (IOException end) {
            // Cut off, where the container did not get the close frame out any more.
        }
    }

    private static String frame(String event, int user) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":1,\"from_user_id\":\"u" + user
                + "\",\"from_username\":\"n\",\"content\":\"" + "x".repeat(100) + "\"}";
    }

    private static void awaitNoThreadButThose(Set<Thread> before) {
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(
                        thread -> !before.contains(thread) && thread.getName().startsWith("im-")));
    }

    private void assertNobodyIsLetIn(Container container) {
        if (kind.hasServlets()) {
            assertThat(TestClient.status(container.uri("/im"), Map.of())).isEqualTo(404);
        } else {
            assertThat(TestClient.connect(container.uri("/im")).awaitClose().code())
                    .isEqualTo(4001);
        }
    }
}
