package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.ChangeReport;
import io.embedim.ImServer;
import io.embedim.SendReport;
import io.embedim.ServerMessage;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Limits;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

class SendTest {

    private static final ServerMessage HELLO = ServerMessage.text("hello");
    private static final GroupId ONE = GroupId.of("1");
    private static final GroupId TWO = GroupId.of("2");

    private final Clients clients = Clients.classic();

    @Test
    void toAllReachesEveryConnectionOnceWhateverItIs() {
        Clients.Client nobody = clients.open();
        Clients.Client member = quiet(clients.open().join("a").joinGroup("a", 1).joinGroup("a", 2));

        assertThat(send(Target.all(), HELLO)).isEqualTo(report(2, 0, 0));

        assertThat(nobody.connection.frames()).containsExactly("hello");
        assertThat(member.connection.frames()).containsExactly("hello");
    }

    @Test
    void memberOfTwoTargetGroupsWhoIsNamedTooGetsOneCopy() {
        Clients.Client both = quiet(clients.open().join("a").joinGroup("a", 1).joinGroup("a", 2));
        Clients.Client second = quiet(clients.open().joinGroup("b", 2));
        Clients.Client outside = quiet(clients.open().joinGroup("c", 3));

        Target target = Target.group(ONE, TWO).and(Target.user(UserId.of("a"))).and(Target.connection(both.id()));
        assertThat(send(target, HELLO)).isEqualTo(report(2, 0, 0));

        assertThat(both.connection.frames()).containsExactly("hello");
        assertThat(second.connection.frames()).containsExactly("hello");
        assertThat(outside.connection.frames()).isEmpty();
    }

    @Test
    void exceptionsHoldForTheWholeTarget() {
        Clients.Client byConnection = quiet(clients.open().joinGroup("a", 1));
        Clients.Client byUser = quiet(clients.open().join("b").joinGroup("b", 1));
        Clients.Client byUserToo = quiet(clients.open().join("b"));
        Clients.Client byGroup = quiet(clients.open().joinGroup("c", 1).joinGroup("c", 2));
        Clients.Client left = quiet(clients.open().joinGroup("d", 1));

        Target except = Target.connection(byConnection.id())
                .and(Target.user(UserId.of("b")))
                .and(Target.group(TWO));
        assertThat(send(Target.group(ONE).except(except).and(Target.connection(byUser.id())), HELLO))
                .isEqualTo(report(1, 0, 0));
        assertThat(send(Target.all().except(except), HELLO)).isEqualTo(report(1, 0, 0));

        assertThat(left.connection.frames()).containsExactly("hello", "hello");
        for (Clients.Client spared : List.of(byConnection, byUser, byUserToo, byGroup)) {
            assertThat(spared.connection.frames()).isEmpty();
        }
    }

    @Test
    void whatIsExceptedHasNoExceptionsItself() {
        assertThatThrownBy(() -> Target.group(ONE).except(Target.all()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot leave out Target[all]");
        assertThatThrownBy(() -> Target.all().except(Target.group(ONE).except(Target.group(TWO))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namedConnectionsThatNobodyKnowsCountAsClosed() {
        Clients.Client here = clients.open();
        Clients.Client gone = clients.open();
        gone.close();
        ConnectionId never = new ConnectionId("never");

        assertThat(send(Target.connection(here.id(), gone.id(), never), HELLO)).isEqualTo(report(1, 2, 0));
        assertThat(send(Target.connection(here.id(), never).except(Target.connection(never)), HELLO))
                .isEqualTo(report(1, 0, 0));
        assertThat(send(Target.user(UserId.of("nobody")), HELLO)).isEqualTo(report(0, 0, 0));
        assertThat(send(Target.users(List.of()), HELLO)).isEqualTo(report(0, 0, 0));
    }

    @Test
    void clientThatIsNotLetInYetHearsNothingAndCanBeClosed() {
        CompletableFuture<Authentication> answer = new CompletableFuture<>();
        Clients slow = new Clients(new ManualRuntime(), ImServer.builder().authenticator(handshake -> answer));
        Clients.Client waiting = slow.open();

        assertThat(slow.now(slow.server.send(Target.all(), HELLO)).queued()).isZero();
        assertThat(slow.now(slow.server.send(Target.connection(waiting.id()), HELLO)))
                .isEqualTo(report(0, 1, 0));

        assertThat(waiting.connection.frames()).isEmpty();
        CompletionStage<ChangeReport> kicked = slow.server.kick(Target.all());
        slow.runtime.runAll();
        assertThat(waiting.closeCode()).isEqualTo(4102);
        answer.complete(new Authentication.Refused(401, "too late"));
        assertThat(slow.now(kicked).changed()).isEqualTo(1);
    }

    @Test
    void sendsOfOneThreadArriveInOrder() {
        Clients.Client member = quiet(clients.open().join("a").joinGroup("a", 1));
        List<Target> targets =
                List.of(Target.all(), Target.group(ONE), Target.user(UserId.of("a")), Target.connection(member.id()));

        IntStream.range(0, 100)
                .forEach(i -> assertThat(clients.server.send(targets.get(i % 4), ServerMessage.text("m" + i)))
                        .isNotNull());
        clients.runtime.runAll();

        assertThat(member.connection.frames())
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void overflowIsCountedAndClosesUnlessTheMessageIsDroppable() {
        Clients small = new Clients(
                new ManualRuntime(),
                ImServer.builder()
                        .classicProfile()
                        .limits(Limits.defaults().withOutbound(100, Duration.ofSeconds(10))));
        Clients.Client stalled = small.open();
        stalled.connection.complete(RecordingConnection.Completion.NEVER);
        ServerMessage big = ServerMessage.text("x".repeat(60));

        assertThat(small.now(small.server.send(Target.all(), big))).isEqualTo(report(1, 0, 0));
        assertThat(small.now(small.server.send(Target.all(), big.droppable()))).isEqualTo(report(0, 0, 1));
        assertThat(stalled.closeCode()).isZero();
        assertThat(small.now(small.server.send(Target.all(), big))).isEqualTo(report(0, 0, 1));
        assertThat(stalled.closeCode()).isEqualTo(4002);
        assertThatThrownBy(() -> small.server.send(Target.all(), ServerMessage.text("x".repeat(101))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 bytes; expected at most 100");
    }

    @Test
    void envelopeIsWrittenAsTheOriginalWritesIt() {
        assertThat(ServerMessage.envelope(0, "he said \"hi\"\n", "{\"event\":\"notice\",\"n\":[1,2.50]}")
                        .text())
                .isEqualTo(
                        "{\"code\":0,\"msg\":\"he said \\\"hi\\\"\\n\",\"data\":{\"event\":\"notice\",\"n\":[1,2.50]}}");
        assertThat(ServerMessage.envelope(7, "阿克苏 😀", null).text())
                .isEqualTo("{\"code\":7,\"msg\":\"阿克苏 😀\",\"data\":[]}");
    }

    @Test
    void whatCannotBeSentIsRefusedWhenItIsMade() {
        refused("lone surrogate at index 1", () -> ServerMessage.text("a\ud83d"));
        refused("expected at most 1048576", () -> ServerMessage.text("é".repeat(600_000)));
        refused("lone surrogate", () -> ServerMessage.envelope(0, "\ude00", null));
        refused("lone surrogate", () -> ServerMessage.envelope(0, "m", "\"\\ud83d\""));
        refused("expected at most 1048576", () -> ServerMessage.envelope(0, "m", " ".repeat(2_000_000)));
        for (String bad : List.of("", " ", "{", "{}{}", "{'a':1}", "{\"a\":1,\"a\":2}", "NaN", "[1,]", "1 2", "tru")) {
            refused("not one value of strict JSON", () -> ServerMessage.envelope(0, "m", bad));
        }
        assertThat(ServerMessage.envelope(0, "m", " 1 ").text()).isEqualTo("{\"code\":0,\"msg\":\"m\",\"data\": 1 }");
    }

    @Test
    void textsShowNoContent() {
        assertThat(ServerMessage.text("secret")).hasToString("ServerMessage[6 bytes]");
        assertThat(Target.group(ONE, TWO).except(Target.user(UserId.of("secret"))))
                .hasToString("Target[0 connections, 0 users, 2 groups except 0 connections, 1 users, 0 groups]");
    }

    private SendReport send(Target target, ServerMessage message) {
        return clients.now(clients.server.send(target, message));
    }

    private static SendReport report(long queued, long closed, long overflowed) {
        return new SendReport(queued, closed, overflowed, Set.of());
    }

    private static Clients.Client quiet(Clients.Client client) {
        client.heard();
        return client;
    }

    private static void refused(String why, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }
}
