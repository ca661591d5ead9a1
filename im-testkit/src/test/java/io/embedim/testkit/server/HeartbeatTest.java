package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.ImServer;
import io.embedim.model.Heartbeat;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection.Completion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String PING = "{\"event\":\"ping\"}";

    private final ManualRuntime runtime = new ManualRuntime();

    private Clients with(Heartbeat heartbeat) {
        return new Clients(runtime, ImServer.builder().classicProfile().heartbeat(heartbeat));
    }

    @Test
    void theOriginalsMessageComesOnceAnInterval() {
        Clients.Client client = with(Heartbeat.messages(INTERVAL)).open();

        runtime.advance(INTERVAL.multipliedBy(6));

        assertThat(client.connection.frames()).hasSize(6).containsOnly("{\"type\":\"ping\"}");
        assertThat(client.closeCode()).isZero();
    }

    @Test
    void heartbeatsOfManyConnectionsAreSpreadOverTheInterval() {
        Clients clients = with(Heartbeat.messages(INTERVAL));
        List<Clients.Client> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(clients.open());
        }

        List<Integer> eachSecond = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            runtime.advance(Duration.ofSeconds(1));
            eachSecond.add(all.stream()
                    .mapToInt(client -> client.connection.frames().size())
                    .sum());
            all.forEach(client -> client.connection.clear());
        }

        assertThat(eachSecond).allSatisfy(count -> assertThat(count).isBetween(50, 200));
        assertThat(eachSecond.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
    }

    @Test
    void whoSaysNothingForSoManyIntervalsIsClosedAndAnythingCountsAsASign() {
        Clients clients = with(Heartbeat.messages(INTERVAL).saying("hello?").closingAfter(3));
        Clients.Client silent = clients.open();
        Clients.Client pongs = clients.open();
        Clients.Client talks = clients.open();

        runtime.advance(Duration.ofSeconds(29));
        assertThat(silent.closeCode()).isZero();
        pongs.inbound.alive();
        talks.send(PING);
        runtime.advance(Duration.ofSeconds(3));

        assertThat(silent.closeCode()).isEqualTo(4003);
        assertThat(silent.connection.frames()).containsOnly("hello?");
        assertThat(pongs.closeCode()).isZero();
        assertThat(talks.closeCode()).isZero();
        runtime.advance(Duration.ofSeconds(30));
        assertThat(pongs.closeCode()).isEqualTo(4003);
    }

    @Test
    void pingsAreNoMessagesAndCloseAfterTwo() {
        Clients.Client client = with(Heartbeat.pings(INTERVAL)).open();

        runtime.advance(Duration.ofSeconds(19));
        assertThat(client.connection.pings()).isBetween(1, 2);
        assertThat(client.connection.frames()).isEmpty();
        runtime.advance(Duration.ofSeconds(3));

        assertThat(client.closeCode()).isEqualTo(4003);
    }

    @Test
    void nothingIsAddedToWhatAClientDoesNotTake() {
        Clients.Client slow = with(Heartbeat.messages(Duration.ofSeconds(2))).open();
        slow.connection.complete(Completion.MANUAL);
        slow.send(PING);

        runtime.advance(Duration.ofSeconds(5));
        slow.connection.complete(Completion.INLINE);
        slow.connection.completeWrite();
        runtime.runAll();

        assertThat(slow.connection.frames()).containsExactly("{\"code\":0,\"msg\":\"心跳检测\",\"data\":[]}");
        runtime.advance(Duration.ofSeconds(3));
        assertThat(slow.connection.frames()).contains(Heartbeat.CLASSIC);
    }

    @Test
    void withoutAHeartbeatThereIsNone() {
        Clients.Client client = Clients.classic().open();

        client.send(PING);
        client.heard();
        runtime.advance(Duration.ofHours(1));

        assertThat(client.connection.frames()).isEmpty();
    }

    @Test
    void aHeartbeatThatCannotBeMeantIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Heartbeat.pings(Duration.ofMillis(999)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Heartbeat.messages(INTERVAL).saying(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Heartbeat.messages(INTERVAL).closingAfter(-1));
        Set<Heartbeat> equal = new HashSet<>(List.of(Heartbeat.pings(INTERVAL), new Heartbeat(INTERVAL, null, 2)));
        assertThat(equal).hasSize(1);
    }
}
