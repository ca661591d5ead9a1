package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.Limits;
import io.embedim.security.SlowConsumerPolicy;
import io.embedim.security.SlowConsumerPolicy.Answer;
import io.embedim.testkit.RecordingConnection;
import io.embedim.testkit.RecordingConnection.Completion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With real threads: what a policy that blocks holds up. */
class SlowConsumerThreadsTest {

    private static final int FRAMES = 40;

    @Test
    void aPolicyThatBlocksHoldsUpNobodyAndNobodyStaysForIt() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        SlowConsumerPolicy blocking = (session, backlog) -> {
            asked.incrementAndGet();
            awaitQuietly(release);
            return Answer.KEEP;
        };
        Limits limits = Limits.defaults().withOutbound(2_000, Duration.ofSeconds(10));
        try (ImServer server = ImServer.builder()
                .classicProfile()
                .limits(limits)
                .slowConsumers(blocking)
                .build()) {
            List<RecordingConnection> stuck = Stream.generate(() -> new RecordingConnection(Completion.NEVER))
                    .limit(5)
                    .toList();
            stuck.forEach(connection -> joined(server, connection, "stuck"));
            RecordingConnection reads = new RecordingConnection();
            Inbound sender = joined(server, reads, "reads");
            await().until(() -> !reads.frames().isEmpty());

            for (int i = 0; i < FRAMES; i++) {
                int behind = i;
                sender.received(Clients.frame("speak", 2, 100, "reads", "\"content\":\"x\""), true);
                await().pollInterval(Duration.ofMillis(1)).until(() -> said(reads) == behind + 1);
            }

            await().untilAsserted(() -> assertThat(stuck)
                    .allSatisfy(
                            connection -> assertThat(connection.closeReason()).contains(CloseReason.SLOW_CONSUMER)));
            assertThat(asked).hasValue(1);
            assertThat(reads.closeReason()).isEmpty();
            release.countDown();
        } finally {
            release.countDown();
        }
    }

    private static long said(RecordingConnection connection) {
        return connection.frames().stream()
                .filter(frame -> frame.contains("\"event\":\"speak\""))
                .count();
    }

    private static Inbound joined(ImServer server, RecordingConnection connection, String user) {
        Inbound inbound = server.open(connection, Handshake.at("/im").build());
        inbound.received(Clients.frame("join", 2, 100, user, "\"content\":\"c\""), true);
        return inbound;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
