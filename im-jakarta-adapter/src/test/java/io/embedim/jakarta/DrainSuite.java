package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.DrainReport;
import io.embedim.ImServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C-AWAY over real sockets, in any container. */
abstract class DrainSuite {

    private static final String AWAY = "server going away; retry_after=";
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final Container.Kind kind;
    private final ImServer server = ImServer.builder().classicProfile().build();

    DrainSuite(Container.Kind kind) {
        this.kind = kind;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clientsAreSeenOutOneAfterTheOtherAndNobodyIsLetIn() throws InterruptedException {
        try (Container container = kind.create()) {
            container.register("/im", Core.of(server), ImEndpointOptions.defaults());
            container.start();
            List<TestClient> clients = IntStream.range(0, 100)
                    .mapToObj(i -> TestClient.connect(container.uri("/im")))
                    .toList();
            for (TestClient client : clients) {
                client.send("{\"event\":\"ping\"}").receive();
            }

            CompletableFuture<DrainReport> report = server.drain(DRAIN).toCompletableFuture();
            assertThat(server.connections()).as("after the first batch").isBetween(50, 99);
            assertRefused(container);

            assertThat(report).succeedsWithin(DRAIN.plusSeconds(5)).isEqualTo(new DrainReport(100, 0));
            List<TestClient.Closed> ends =
                    clients.stream().map(TestClient::awaitClose).toList();
            assertThat(ends).allSatisfy(end -> {
                assertThat(end.code()).isEqualTo(4001);
                assertThat(retryAfter(end)).isBetween(1, 10);
            });
            assertThat(ends.stream().collect(Collectors.groupingBy(DrainSuite::retryAfter)))
                    .as("clients by the second in which they come back")
                    .hasSizeGreaterThan(5);
            await().until(() -> server.connections() == 0);
        }
    }

    private void assertRefused(Container container) {
        if (kind.hasServlets()) {
            Optional<HttpResponse<?>> refusal = TestClient.refusal(container.uri("/im"), Map.of());
            assertThat(refusal)
                    .hasValueSatisfying(
                            answer -> assertThat(answer.statusCode()).isEqualTo(503));
            assertThat(refusal.flatMap(
                            answer -> answer.headers().firstValue("Retry-After").map(Integer::valueOf)))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 10));
        } else {
            TestClient.Closed end = TestClient.connect(container.uri("/im")).awaitClose();
            assertThat(end.code()).isEqualTo(4001);
            assertThat(retryAfter(end)).isBetween(1, 10);
        }
    }

    private static int retryAfter(TestClient.Closed end) {
        assertThat(end.reason()).startsWith(AWAY);
        return Integer.parseInt(end.reason().substring(AWAY.length()));
    }
}
