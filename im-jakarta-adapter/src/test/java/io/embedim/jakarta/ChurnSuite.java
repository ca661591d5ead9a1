package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that come and go, in any container: nothing stays behind. */
abstract class ChurnSuite {

    private static final int CLIENTS = 8;
    private static final int CYCLES = 10_000;
    private static final int WARM_UP = 1_000;

    /** So few that one object for every second cycle would be seen, of whatever class, ours or the container's. */
    private static final int INSTANCES = CYCLES / 2;

    /** About 200 bytes a cycle; a session that stays behind has several thousand in every container. */
    private static final long BYTES = 2 * 1024 * 1024;

    private static final GroupId GROUP = GroupId.of("7");

    private final AtomicInteger closed = new AtomicInteger();
    private final InMemorySessionStore store = new InMemorySessionStore(InstantSource.system());
    private final ImServer server = ImServer.builder()
            .authenticator(handshake -> CompletableFuture.completedStage(new Authentication.Accepted(
                    Identity.of(UserId.of(handshake.path().substring(1))))))
            .sessionStore(store)
            .listener(new ImListener() {
                @Override
                public void closed(Session session, CloseReason reason) {
                    closed.incrementAndGet();
                }
            })
            .build();
    private final Container container;
    private final List<ImEndpoints.Registration> registrations;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    ChurnSuite(Container.Kind kind) {
        container = kind.create();
        // A path for each user: then the endpoint knows who is who, with and without servlets.
        registrations = IntStream.range(0, CLIENTS)
                .mapToObj(i -> container.register("/u" + i, Core.of(server), ImEndpointOptions.defaults()))
                .toList();
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        server.close();
        registrations.forEach(ImEndpoints.Registration::close);
        container.close();
    }

    @Test
    void afterTenThousandCyclesNothingIsLeft() throws InterruptedException, IOException {
        // The store remembers the last ten thousand that it removed; those are to be there before and after.
        for (int i = 0; i < CYCLES; i++) {
            store.remove(new ConnectionId("gone" + i), 1).toCompletableFuture().join();
        }
        container.start();
        cycles(WARM_UP);
        awaitNobody();
        ClassHistogram before = ClassHistogram.now();

        cycles(CYCLES);
        awaitNobody();

        assertThat(closed).hasValue(WARM_UP + CYCLES);
        // Containers let go of the last sessions when their next timer comes round.
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    ClassHistogram after = ClassHistogram.now();
                    assertThat(after.grownSince(before, INSTANCES))
                            .as("classes with many more instances")
                            .isEmpty();
                    assertThat(after.bytes() - before.bytes()).as("bytes more").isLessThan(BYTES);
                });
    }

    private void awaitNobody() {
        await().until(() -> server.connections() == 0
                && registrations.stream().allMatch(registration -> registration.connections() == 0));
        assertThat(server.sessions().counts().toCompletableFuture().join()).isEqualTo(new SessionCounts(0, 0, 0));
        assertThat(server.memberships()
                        .inGroup(GROUP, PageRequest.first(10))
                        .toCompletableFuture()
                        .join()
                        .items())
                .isEmpty();
    }

    private void cycles(int count) throws InterruptedException {
        List<Callable<Void>> tasks = IntStream.range(0, CLIENTS)
                .<Callable<Void>>mapToObj(i -> () -> {
                    for (int n = 0; n < count / CLIENTS; n++) {
                        cycle("u" + i);
                    }
                    return null;
                })
                .toList();
        for (Future<Void> task : clients.invokeAll(tasks)) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
    }

    /** Comes, joins, leaves by closing, and waits until the server has ended it too. */
    private void cycle(String user) throws IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/" + user))) {
            client.text("{\"event\":\"join\",\"mode\":2,\"group_id\":7,\"from_user_id\":\"" + user
                    + "\",\"from_username\":\"n\",\"content\":\"hello\"}");
            String answer = client.read().text();
            // The group hears the others too, and maybe the end of this user's connection before.
            while (!answer.contains("success") || !answer.contains("\"from_user_id\":\"" + user + "\"")) {
                answer = client.read().text();
            }
            client.closeFrame(1000);
            // Which close it is told here differs: what the group says is being written to it at the same time.
            client.awaitEnd();
        }
    }
}
