package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.ImServer;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How fast a client may send (protocol C-LIMIT). */
class RatesTest {

    private static final String PING = "{\"event\":\"ping\"}";
    private static final String PONG = "0 心跳检测";
    private static final String TOO_FAST = "429 发送过于频繁,请稍后重试";
    private static final Rate FEW = Rate.perSecond(2).withBurst(5);

    private final ManualRuntime runtime = new ManualRuntime();

    private Clients classic(Limits limits) {
        return new Clients(runtime, ImServer.builder().classicProfile().limits(limits));
    }

    private Clients proven(Limits limits) {
        return new Clients(runtime, Clients.authenticated().limits(limits));
    }

    private static Clients.Client ping(Clients.Client client, int times) {
        for (int i = 0; i < times; i++) {
            client.send(PING);
        }
        return client;
    }

    private static List<String> times(int times, String text) {
        return Collections.nCopies(times, text);
    }

    @Test
    void framesUpToTheBurstAreTakenAndTheNextIsRefusedAndSaysWhenToComeBack() {
        Clients.Client client = ping(
                classic(Limits.defaults().withConnectionRates(FEW, Rate.UNLIMITED))
                        .open(),
                5);
        assertThat(client.heard()).isEqualTo(times(5, PONG));

        client.send(PING);

        assertThat(client.connection.frames())
                .containsExactly("{\"code\":429,\"msg\":\"发送过于频繁,请稍后重试\",\"data\":{\"retry_after\":1}}");
        client.connection.clear();
        runtime.advance(Duration.ofMillis(499));
        assertThat(client.send(PING).heard()).containsExactly(TOO_FAST);
        runtime.advance(Duration.ofMillis(1));
        assertThat(ping(client, 2).heard()).containsExactly(PONG, TOO_FAST);
        assertThat(client.closeCode()).isZero();
    }

    @Test
    void aRefusedFrameIsNotExecuted() {
        Clients clients =
                classic(Limits.defaults().withConnectionRates(Rate.perMinute(1).withBurst(2), Rate.UNLIMITED));
        Clients.Client member = clients.open().joinGroup("m", 100);
        Clients.Client sender =
                clients.open().joinGroup("s", 100).speak("s", 100, "one").speak("s", 100, "two");

        assertThat(member.heard()).containsExactly("0 success", "0 s[群聊说]:one");
        assertThat(sender.heard()).containsExactly("0 success", "0 s[群聊说]:one", TOO_FAST);
    }

    @Test
    void bytesCountAsWell() {
        Clients.Client client = classic(
                        Limits.defaults().withConnectionRates(Rate.UNLIMITED, Rate.perSecond(PING.length() * 3L)))
                .open();

        assertThat(ping(client, 4).heard()).containsExactly(PONG, PONG, PONG, TOO_FAST);
    }

    @Test
    void aFloodIsClosedAndNobodyElseFeelsIt() {
        Clients clients = classic(Limits.defaults().withConnectionRates(FEW, Rate.UNLIMITED));
        Clients.Client other = clients.open();
        Clients.Client flood = ping(clients.open(), 105);
        assertThat(flood.closeCode()).isZero();

        assertThat(flood.send(PING).closeCode()).isEqualTo(4004);
        assertThat(ping(other, 5).heard()).isEqualTo(times(5, PONG));
    }

    @Test
    void whoPausesIsNotClosedHoweverOften() {
        Clients.Client client = classic(Limits.defaults().withConnectionRates(Rate.perMinute(1), Rate.UNLIMITED))
                .open();

        for (int round = 0; round < 10; round++) {
            ping(client, 90);
            runtime.advance(Duration.ofMillis(1_001));
        }

        assertThat(client.closeCode()).isZero();
    }

    @Test
    void allConnectionsOfAUserShareItsRate() {
        Clients clients = proven(Limits.defaults().withUserRates(FEW, Rate.UNLIMITED));
        Clients.Client phone = ping(clients.openAs("alice"), 3);
        Clients.Client desk = ping(clients.openAs("alice"), 3);
        Clients.Client bob = ping(clients.openAs("bob"), 5);

        assertThat(phone.heard()).isEqualTo(times(3, PONG));
        assertThat(desk.heard()).containsExactly(PONG, PONG, TOO_FAST);
        assertThat(bob.heard()).isEqualTo(times(5, PONG));
    }

    @Test
    void aNewConnectionIsNoWayAroundAUsersRate() {
        Clients clients = proven(Limits.defaults().withUserRates(FEW, Rate.UNLIMITED));
        ping(clients.openAs("alice"), 5).close();

        assertThat(clients.openAs("alice").send(PING).heard()).containsExactly(TOO_FAST);
    }

    @Test
    void nobodyUsesUpTheRateOfSomebodyWhoIsOnlyClaimed() {
        Clients clients = classic(Limits.defaults().withUserRates(Rate.perMinute(1), Rate.UNLIMITED));

        Clients.Client mallory = clients.open().join("alice").join("alice").join("alice");

        assertThat(mallory.heard()).isEqualTo(times(3, "0 success"));
        assertThat(clients.open().join("alice").heard()).containsExactly("0 success");
    }

    @Test
    void withoutARateThereIsNone() {
        assertThat(ping(classic(Limits.defaults()).open(), 5_000).heard()).isEqualTo(times(5_000, PONG));
    }

    @Test
    void aRateThatCannotBeMeantIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(1).withBurst(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofDays(2), 1));
    }
}
