package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.DrainReport;
import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.security.Authentication;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection.Completion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** C-AWAY: how a server ends that has time for it. */
class DrainTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final String AWAY = "server going away; retry_after=";
    private static final String PING = "{\"event\":\"ping\"}";

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<Session> connected = new ArrayList<>();
    private final Clients clients =
            new Clients(runtime, ImServer.builder().classicProfile().listener(new ImListener() {
                @Override
                public void connected(Session session, Handshake handshake) {
                    connected.add(session);
                }
            }));
    private final ImServer server = clients.server;

    @Test
    void connectionsAreClosedInEvenBatchesAndTheLastFifthOfTheTimeIsLeftForWriting() {
        List<Clients.Client> all = open(2_000);

        CompletableFuture<DrainReport> report = drain(TEN_SECONDS);
        List<Integer> batches = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < 81; i++) {
            int closed = closed(all);
            batches.add(closed - before);
            before = closed;
            runtime.advance(TICK);
        }

        assertThat(batches).hasSize(81).allSatisfy(batch -> assertThat(batch).isBetween(24, 25));
        assertThat(report).isCompletedWithValue(new DrainReport(2_000, 0));
        assertThat(all).allSatisfy(client -> assertThat(client.closeCode()).isEqualTo(4001));
        assertThat(server.connections()).isZero();
    }

    @Test
    void clientsAreToldTimesToComeBackThatLieApart() {
        List<Clients.Client> all = open(1_000);

        CompletableFuture<DrainReport> report =
                server.drain(Duration.ofSeconds(2), Duration.ofSeconds(20)).toCompletableFuture();
        runtime.advance(Duration.ofSeconds(2));

        assertThat(report).isDone();
        assertThat(all.stream().collect(Collectors.groupingBy(DrainTest::retryAfter, Collectors.counting())))
                .as("clients by the second in which they come back")
                .hasSize(20)
                .allSatisfy((second, count) -> {
                    assertThat(second).isBetween(1, 20);
                    assertThat(count).isBetween(20L, 90L);
                });
    }

    @Test
    void aHandfulOfClientsNeedsNoneOfTheTime() {
        List<Clients.Client> all = open(10);

        CompletableFuture<DrainReport> report = drain(TEN_SECONDS);
        runtime.advance(TICK);

        assertThat(report).isCompletedWithValue(new DrainReport(10, 0));
        assertThat(closed(all)).isEqualTo(10);
    }

    @Test
    void whatWaitsIsWrittenBeforeTheClose() {
        Clients.Client slow = clients.open();
        slow.connection.complete(Completion.MANUAL);
        slow.send(PING).send(PING).send(PING);

        CompletableFuture<DrainReport> report = drain(TEN_SECONDS);
        runtime.advance(Duration.ofSeconds(1));
        assertThat(slow.closeCode()).isZero();
        assertThat(report).isNotDone();
        while (slow.connection.isWriting()) {
            slow.connection.completeWrite();
            runtime.runAll();
        }
        runtime.advance(TICK);

        assertThat(slow.heard()).hasSize(3);
        assertThat(slow.closeCode()).isEqualTo(4001);
        assertThat(report).isCompletedWithValue(new DrainReport(1, 0));
    }

    @Test
    void whoDoesNotReadIsCutWhenTheTimeIsOver() {
        Clients.Client stuck = clients.open();
        stuck.connection.complete(Completion.NEVER);
        stuck.send(PING);
        List<Clients.Client> others = open(3);

        CompletableFuture<DrainReport> report = drain(Duration.ofSeconds(5));
        runtime.advance(Duration.ofMillis(4_999));
        assertThat(stuck.closeCode()).isZero();
        assertThat(report).isNotDone();
        runtime.advance(Duration.ofMillis(1));

        assertThat(stuck.closeCode()).isEqualTo(4001);
        assertThat(closed(others)).isEqualTo(3);
        assertThat(report).isCompletedWithValue(new DrainReport(3, 1));
    }

    @Test
    void nobodyIsLetInFromTheFirstMomentOn() {
        Clients.Client here = clients.open();
        here.connection.complete(Completion.NEVER);
        here.send(PING);
        connected.clear();
        assertThat(server.isDraining()).isFalse();
        assertThat(server.retryAfter()).isEmpty();

        begin(TEN_SECONDS);
        Clients.Client late = clients.open().send(PING);

        assertThat(server.isDraining()).isTrue();
        assertThat(server.retryAfter()).isPresent();
        assertThat(late.closeCode()).isEqualTo(4001);
        assertThat(retryAfter(late)).isBetween(1, 10);
        assertThat(late.heard()).isEmpty();
        assertThat(connected).isEmpty();
    }

    @Test
    void whoIsStillBeingAuthenticatedIsSeenOutToo() {
        CompletableFuture<Authentication> answer = new CompletableFuture<>();
        Clients slow = new Clients(runtime, ImServer.builder().authenticator(handshake -> answer));
        Clients.Client waiting = slow.open();

        CompletableFuture<DrainReport> report = slow.server.drain(TEN_SECONDS).toCompletableFuture();
        runtime.advance(TEN_SECONDS);
        answer.complete(new Authentication.Claimed());
        runtime.runAll();

        assertThat(waiting.closeCode()).isEqualTo(4001);
        assertThat(report).isCompletedWithValue(new DrainReport(1, 0));
        assertThat(slow.server.connections()).isZero();
    }

    @Test
    void untilItsTurnAConnectionWorks() {
        List<Clients.Client> all = open(2_000);
        all.forEach(client -> client.joinGroup("u", 100).connection.clear());

        begin(TEN_SECONDS);
        runtime.advance(Duration.ofSeconds(4));
        List<Clients.Client> left =
                all.stream().filter(client -> client.closeCode() == 0).toList();
        left.get(0).speak("u", 100, "still here");

        assertThat(left)
                .hasSizeBetween(900, 1_100)
                .allSatisfy(client -> assertThat(client.heard()).containsExactly("0 u[群聊说]:still here"));
    }

    @Test
    void nobodyHearsWhoLeaves() {
        List<Clients.Client> all = open(100);
        all.forEach(client -> client.joinGroup("u", 100).connection.clear());

        begin(TEN_SECONDS);
        runtime.advance(TEN_SECONDS);

        assertThat(all).allSatisfy(client -> {
            assertThat(client.heard()).isEmpty();
            assertThat(client.closeCode()).isEqualTo(4001);
        });
    }

    @Test
    void theReportComesWhenTheSessionStoreHasForgottenAll() {
        Faulty<SessionStore> store = new Faulty<>(SessionStore.class, new InMemorySessionStore(runtime::now));
        Clients there = new Clients(runtime, ImServer.builder().classicProfile().sessionStore(store.backend));
        there.open();

        store.set(Faulty.Fault.HANGS, "remove");
        CompletableFuture<DrainReport> report = there.server.drain(TEN_SECONDS).toCompletableFuture();
        runtime.advance(Duration.ofSeconds(1));
        assertThat(report).isNotDone();
        store.letGo();
        runtime.advance(TICK);

        assertThat(report).isCompletedWithValue(new DrainReport(1, 0));
    }

    @Test
    void aSecondCallAnswersWhatTheFirstDoes() {
        List<Clients.Client> all = open(200);

        CompletableFuture<DrainReport> first = drain(TEN_SECONDS);
        CompletableFuture<DrainReport> second = drain(Duration.ZERO);
        runtime.advance(TICK);
        assertThat(closed(all)).isLessThan(100);
        runtime.advance(TEN_SECONDS);

        assertThat(first).isCompletedWithValue(new DrainReport(200, 0));
        assertThat(second).isCompletedWithValue(new DrainReport(200, 0));
    }

    @Test
    void closeEndsADrainAtOnce() {
        List<Clients.Client> all = open(200);
        all.get(0).connection.complete(Completion.NEVER);
        all.get(0).send(PING);
        CompletableFuture<DrainReport> report = drain(TEN_SECONDS);
        runtime.advance(Duration.ofSeconds(8));
        Clients.Client stuck = all.get(0);
        assertThat(stuck.closeCode()).isZero();

        server.close();

        assertThat(stuck.closeCode()).isEqualTo(4001);
        assertThat(report).isCompletedWithValue(new DrainReport(199, 1));
        assertThat(closed(all)).isEqualTo(200);
    }

    @Test
    void withoutTimeAllAreCut() {
        List<Clients.Client> all = open(200);

        CompletableFuture<DrainReport> report = drain(Duration.ZERO);

        assertThat(report).isCompletedWithValue(new DrainReport(0, 200));
        assertThat(all).allSatisfy(client -> assertThat(retryAfter(client)).isBetween(1, 10));
    }

    @Test
    void afterCloseThereIsNothingToDrain() {
        open(1);
        server.close();

        assertThat(server.isDraining()).isTrue();
        assertThat(drain(TEN_SECONDS)).isCompletedWithValue(new DrainReport(0, 0));
    }

    @Test
    void aNodeThatIsDrainedLivesButIsNotReady() {
        open(100);
        assertThat(clients.now(server.health()).ready()).isTrue();

        begin(TEN_SECONDS);

        assertThat(clients.now(server.health()).live()).isTrue();
        assertThat(clients.now(server.health()).ready()).isFalse();
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.drain(Duration.ofMillis(-1)))
                .withMessageContaining("zero to a day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.drain(Duration.ofDays(2)))
                .withMessageContaining("zero to a day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.drain(TEN_SECONDS, Duration.ofMillis(999)))
                .withMessageContaining("a second or more");
        assertThat(server.isDraining()).isFalse();
    }

    private CompletableFuture<DrainReport> drain(Duration within) {
        CompletableFuture<DrainReport> report = server.drain(within).toCompletableFuture();
        runtime.runAll();
        return report;
    }

    private void begin(Duration within) {
        assertThat(drain(within)).isNotDone();
    }

    private List<Clients.Client> open(int count) {
        return IntStream.range(0, count).mapToObj(i -> clients.open()).toList();
    }

    private static int closed(List<Clients.Client> all) {
        return (int) all.stream().filter(client -> client.closeCode() != 0).count();
    }

    private static int retryAfter(Clients.Client client) {
        String text = client.connection.closeReason().map(CloseReason::text).orElse("");
        assertThat(text).startsWith(AWAY);
        return Integer.parseInt(text.substring(AWAY.length()));
    }
}
