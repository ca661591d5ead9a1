package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.session.SessionCounts;
import io.embedim.testkit.RecordingConnectionAssert;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaveTest {

    private final Clients clients = Clients.classic();

    @Test
    void everyJoinedGroupHearsALeaveWithTheFormsThatTheLeaverUsed() {
        Clients.Client one = clients.open().joinGroup("a", 100);
        Clients.Client two = clients.open().joinGroup("b", 200);
        one.heard();
        two.heard();
        Clients.Client leaver = clients.open();
        leaver.send(
                "{\"event\":\"join\",\"mode\":2,\"group_id\":\"100\",\"from_user_id\":7,\"from_username\":\"n\",\"content\":\"c\"}");
        leaver.send(
                "{\"event\":\"join\",\"mode\":2,\"group_id\":200,\"from_user_id\":7,\"from_username\":8,\"content\":\"c\"}");
        leaver.join("other");
        leaver.send(
                "{\"event\":\"join\",\"mode\":1,\"group_id\":300,\"from_user_id\":7,\"from_username\":8,\"content\":\"c\"}");
        leaver.close();

        String leave =
                "{\"code\":0,\"msg\":\"close\",\"data\":{\"event\":\"leave\",\"group_id\":%s,\"client_id\":\"%s\","
                        + "\"content\":\"leaving group\",\"from_user_id\":7,\"from_username\":8}}";
        RecordingConnectionAssert.assertThat(one.connection)
                .hasReceived(leave.formatted("\"100\"", leaver.inbound.id()));
        RecordingConnectionAssert.assertThat(two.connection).hasReceived(leave.formatted("200", leaver.inbound.id()));
    }

    @Test
    void whoIsClosedByTheServerLeavesToo() {
        Clients.Client member = clients.open().joinGroup("a", 100);
        Clients.Client kicked = clients.open().joinGroup("b", 100);
        member.heard();

        assertThat(clients.server.close(kicked.inbound.id(), CloseReason.KICKED).toCompletableFuture())
                .isCompletedWithValue(true);
        clients.runtime.runAll();
        kicked.close();

        assertThat(kicked.closeCode()).isEqualTo(4102);
        assertThat(member.heard()).containsExactly("0 close");
        assertThat(clients.server.close(kicked.inbound.id(), CloseReason.KICKED).toCompletableFuture())
                .isCompletedWithValue(false);
    }

    @Test
    void framesBehindAnInvalidOneAreNotExecuted() {
        Clients.Client member = clients.open().joinGroup("a", 100);
        Clients.Client client = clients.open().joinGroup("b", 100);
        member.heard();
        client.heard();

        client.inbound.received("oops", true);
        client.inbound.received(Clients.frame("speak", 2, 100, "b", "\"content\":\"behind\""), true);
        clients.runtime.runAll();

        assertThat(member.heard()).containsExactly("0 close");
        assertThat(client.heard()).containsExactly("400 无效的json数据");
        assertThat(client.closeCode()).isEqualTo(1007);
    }

    @Test
    void aBinaryMessageIsClosedWith1003() {
        Clients.Client client = clients.open();

        client.inbound.receivedBinary();
        clients.runtime.runAll();

        assertThat(client.closeCode()).isEqualTo(1003);
    }

    @Test
    void errorsComeInTheLanguageOfTheHandshakeAndRelayedTextsDoNot() {
        Clients.Client english = clients.open(Handshake.at("/im")
                .headers(Map.of("accept-language", List.of("en-GB,en;q=0.8,zh;q=0.5")))
                .build());
        english.joinGroup("a", 100).speak("a", 100, "hi");
        Clients.Client chinese = clients.open(Handshake.at("/im")
                .headers(Map.of("Accept-Language", List.of("fr, zh-TW;q=0.9, en;q=0.1")))
                .build());

        assertThat(english.heard()).containsExactly("0 success", "0 a[群聊说]:hi");
        assertThat(english.send("x").heard()).containsExactly("400 not valid JSON");
        assertThat(chinese.send("x").heard()).containsExactly("400 无效的json数据");
    }

    @Test
    void aServerThatGoesAwayClosesWith4001AndTakesNobodyIn() {
        Clients.Client client = clients.open().joinGroup("a", 100);
        Clients.Client other = clients.open().joinGroup("b", 100);
        client.heard();

        clients.server.close();
        clients.server.close();

        assertThat(client.closeCode()).isEqualTo(4001);
        assertThat(client.heard()).as("no leave of everybody to everybody").isEmpty();
        assertThat(other.closeCode()).isEqualTo(4001);
        assertThat(clients.open().closeCode()).isEqualTo(4001);
        assertThat(clients.server.connections()).isZero();
    }

    @Test
    void nothingIsLeftAfterTenThousandConnections() {
        Random random = new Random(1);
        int timers = clients.runtime.pendingTimers();
        for (int i = 0; i < 10_000; i++) {
            Clients.Client client = clients.open().join("u" + random.nextInt(50));
            for (int j = random.nextInt(4); j > 0; j--) {
                client.joinGroup("u" + i, 1 + random.nextInt(20));
            }
            if (random.nextBoolean()) {
                client.send("oops");
            }
            client.close();
        }

        assertThat(clients.server.connections()).isZero();
        assertThat(clients.server.sessions().counts().toCompletableFuture())
                .isCompletedWithValue(new SessionCounts(0, 0, 0));
        assertThat(clients.runtime.pendingTimers()).isEqualTo(timers);
        assertThat(clients.runtime.pendingTasks()).isZero();
    }
}
