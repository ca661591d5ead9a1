package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a web application, while its server goes on. */
class UndeployTest {

    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final ImServer server = ImServer.builder()
            .classicProfile()
            .listener(new ImListener() {
                @Override
                public void closed(Session session, CloseReason reason) {
                    ends.add(reason);
                }
            })
            .build();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNoSessionAndNoThread(boolean withInitializer) throws LifecycleException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TomcatContainer container = new TomcatContainer()) {
            if (withInitializer) {
                container.context.addServletContainerInitializer(new ImInitializer(), Set.of());
            }
            container.register(
                    "/im", Core.of(server), ImEndpointOptions.defaults().withCloseServerWithContext(true));
            container.register("/im2", Core.of(server), ImEndpointOptions.defaults());
            container.start();
            List<TestClient> clients = IntStream.range(0, 50)
                    .mapToObj(i -> TestClient.connect(container.uri(i % 2 == 0 ? "/im" : "/im2")))
                    .toList();
            await().until(() -> server.connections() == 50);

            container.undeploy();

            clients.forEach(client -> assertThat(client.awaitClose().code()).isEqualTo(4001));
            await().until(() -> server.connections() == 0);
            assertThat(ends).hasSize(50).containsOnly(CloseReason.GOING_AWAY);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread ->
                            !before.contains(thread) && thread.getName().startsWith("im-")));
            assertThat(TestClient.status(container.uri("/im"), Map.of())).isEqualTo(404);
        }
    }

    @Test
    void leavesTheServerToTheApplicationUnlessItSaysOtherwise() throws LifecycleException {
        try (TomcatContainer first = new TomcatContainer();
                TomcatContainer second = new TomcatContainer()) {
            first.register("/im", Core.of(server), ImEndpointOptions.defaults());
            second.register("/im", Core.of(server), ImEndpointOptions.defaults());
            first.start();
            second.start();
            TestClient gone = TestClient.connect(first.uri("/im"));
            TestClient stays = TestClient.connect(second.uri("/im"));

            first.undeploy();

            assertThat(gone.awaitClose().code()).isEqualTo(4001);
            assertThat(stays.send("{\"event\":\"ping\"}").closed()).isNotDone();
            assertThat(server.connections()).isEqualTo(1);
        } finally {
            server.close();
        }
    }
}
