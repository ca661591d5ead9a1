package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.protocol.ClientFrame;
import io.embedim.security.Authentication;
import io.embedim.security.SignedTickets;
import io.embedim.security.TicketAuthenticator;
import io.embedim.security.TicketKeys;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Proofs that come in frames: the first, and the next (protocol C-AUTH). */
class TicketInFrameTest {

    private static final UserId ALICE = UserId.of("alice");
    private static final String NEEDED = "401 请先发送auth消息进行身份验证";
    private static final String REFUSED = "401 ticket无效或已过期";

    private final ManualRuntime runtime = new ManualRuntime();
    private final SignedTickets tickets =
            SignedTickets.of(TicketKeys.of("k", new byte[32])).withClock(runtime::now);
    private final List<String> events = new ArrayList<>();
    private final Clients clients = new Clients(
            runtime,
            ImServer.builder()
                    .authenticator(tickets.inFirstFrame())
                    .listener(new Recorder())
                    .limits(Limits.defaults().withProofTime(Duration.ofSeconds(10))));

    @Test
    void theFirstFrameProvesWhoItIsAndTheTicketIsNotRepeated() {
        Clients.Client alice = clients.open();
        assertThat(events).isEmpty();

        alice.send(auth(ticket("alice", 600)));

        assertThat(alice.connection.frames())
                .containsExactly(
                        "{\"code\":0,\"msg\":\"success\",\"data\":{\"event\":\"auth\",\"from_user_id\":\"alice\",\"expires_in\":600}}");
        assertThat(events).containsExactly("connected alice");
        assertThat(clients.server
                        .sessions()
                        .ofUser(ALICE, PageRequest.first(10))
                        .toCompletableFuture()
                        .join()
                        .items())
                .hasSize(1);
        clients.openWith(ticket("bob", 600)).speakTo("bob", "alice", "hi");
        alice.connection.clear();
        alice.speakTo("mallory", "bob", "x");
        assertThat(alice.heard()).containsExactly("403 发送者与当前登录用户不一致");
    }

    @Test
    void whoHasNotProvenAnythingDoesNothingAndHearsNothing() {
        Clients.Client member = clients.openWith(ticket("bob", 600)).joinGroup("bob", 100);
        Clients.Client stranger = clients.open();
        member.heard();
        events.clear();

        stranger.send("{\"event\":\"ping\"}");
        member.speak("bob", 100, "secret").speakTo("bob", "alice", "secret");
        assertThat(stranger.heard()).containsExactly("0 心跳检测");
        stranger.joinGroup("alice", 100);

        assertThat(stranger.heard()).containsExactly(NEEDED);
        assertThat(stranger.closeCode()).isEqualTo(4100);
        assertThat(events).doesNotContain("connected alice").noneMatch(event -> event.startsWith("closed"));
        member.heard();
        member.speak("bob", 100, "again");
        assertThat(member.heard()).containsExactly("0 bob[群聊说]:again");
    }

    @Test
    void framesBehindARefusedTicketAreNotExecuted() {
        Clients.Client mallory = clients.open();

        mallory.inbound.received(auth("x.y.z"), true);
        mallory.inbound.received(auth(ticket("alice", 600)), true);
        mallory.inbound.received(Clients.frame("join", 2, 100, "alice", "\"content\":\"c\""), true);
        runtime.runAll();

        assertThat(mallory.heard()).containsExactly(REFUSED);
        assertThat(mallory.closeCode()).isEqualTo(4100);
        assertThat(events).isEmpty();
    }

    @Test
    void whoNeverProvesAnythingIsClosedInTime() {
        Clients.Client silent = clients.open();
        Clients.Client pinging = clients.open();
        Clients.Client proven = clients.open().send(auth(ticket("alice", 600)));

        runtime.advance(Duration.ofSeconds(9));
        pinging.send("{\"event\":\"ping\"}");
        assertThat(silent.closeCode()).isZero();
        runtime.advance(Duration.ofSeconds(3));

        assertThat(silent.closeCode()).isEqualTo(4100);
        assertThat(pinging.closeCode()).isEqualTo(4100);
        assertThat(proven.closeCode()).isZero();
    }

    @Test
    void aTicketIsRenewedInTheLiveConnection() {
        Clients.Client alice = clients.openWith(ticket("alice", 60)).joinGroup("alice", 100);
        runtime.advance(Duration.ofSeconds(50));

        alice.heard();
        alice.send(auth(ticket("alice", 60)));
        assertThat(alice.heard()).containsExactly("0 success");
        runtime.advance(Duration.ofSeconds(50));
        assertThat(alice.closeCode()).isZero();
        alice.speak("alice", 100, "still here");
        assertThat(alice.heard()).containsExactly("0 alice[群聊说]:still here");

        runtime.advance(Duration.ofSeconds(12));
        assertThat(alice.closeCode()).isEqualTo(4101);
    }

    @Test
    void aRenewalChangesTheFixedNameButNeverTheUser() {
        Clients.Client alice = clients.open()
                .send(auth(tickets.issue(
                        new Identity(ALICE, "Alice", null, runtime.now().plusSeconds(60)))));
        alice.send(auth(ticket("bob", 600)));
        alice.send(auth(
                tickets.issue(new Identity(ALICE, "alice", null, runtime.now().plusSeconds(60)))));
        alice.joinGroup("alice", 100);

        assertThat(alice.heard()).containsExactly("0 success", "403 发送者与当前登录用户不一致", "0 success", "0 success");
        runtime.advance(Duration.ofSeconds(62));
        assertThat(alice.closeCode()).as("bob's longer ticket has not counted").isEqualTo(4101);
    }

    @Test
    void aBadRenewalIsAnsweredAndCostsNothing() {
        Clients.Client alice = clients.openWith(ticket("alice", 60));

        alice.send(auth("x")).send("{\"event\":\"ping\"}");

        assertThat(alice.heard()).containsExactly(REFUSED, "0 心跳检测");
        assertThat(alice.closeCode()).isZero();
    }

    @Test
    void anAuthFrameWithoutATicketIsInvalid() {
        for (String frame : List.of(
                "{\"event\":\"auth\"}",
                "{\"event\":\"auth\",\"ticket\":\"\"}",
                "{\"event\":\"auth\",\"ticket\":7}",
                "{\"event\":\"auth\",\"data\":{\"ticket\":\"x\"}}")) {
            Clients.Client client = clients.open().send(frame);

            assertThat(client.heard()).as(frame).containsExactly("400 ticket是必须的");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void listenersAreNotShownTickets() {
        clients.open().send(auth(ticket("alice", 600))).send("{\"event\":\"ping\"}");

        assertThat(events).containsExactly("connected alice", "received Ping[]");
    }

    @Test
    void withoutTicketsAuthIsAnyOtherUnknownEvent() {
        Clients other = new Clients(runtime, Clients.authenticated());

        Clients.Client client = other.openAs("alice").send(auth("x"));

        assertThat(client.heard()).containsExactly("400 消息模式是必须的");
    }

    @Test
    void anAuthenticatorThatHangsCostsTheFrameAndNotTheConnection() {
        Clients slow = new Clients(runtime, ImServer.builder().authenticator(new Hanging()));
        Clients.Client client = slow.open().send(auth("x"));

        runtime.advance(Duration.ofSeconds(6));

        assertThat(client.heard()).containsExactly("503 服务暂时不可用,请稍后重试");
        assertThat(client.closeCode()).isZero();
        runtime.advance(Duration.ofSeconds(6));
        assertThat(client.closeCode()).isEqualTo(4100);
    }

    @Test
    void membershipsOfAProvenUserEndWithTheConnection() {
        Clients.Client alice = clients.open().send(auth(ticket("alice", 600))).joinGroup("alice", 100);
        assertThat(clients.server
                        .memberships()
                        .find(ALICE, GroupId.of("100"))
                        .toCompletableFuture()
                        .join())
                .isPresent();

        alice.close();

        assertThat(clients.server
                        .memberships()
                        .find(ALICE, GroupId.of("100"))
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(events).endsWith("closed alice");
    }

    private String ticket(String user, int seconds) {
        return tickets.issue(UserId.of(user), Duration.ofSeconds(seconds));
    }

    private static String auth(String ticket) {
        return "{\"event\":\"auth\",\"ticket\":\"" + ticket + "\"}";
    }

    private final class Recorder implements ImListener {

        @Override
        public void connected(Session session, Handshake handshake) {
            events.add("connected " + session.user());
        }

        @Override
        public void received(Session session, ClientFrame frame) {
            events.add("received " + frame);
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            events.add("closed " + session.user());
        }
    }

    private static final class Hanging implements TicketAuthenticator {

        @Override
        public CompletionStage<Authentication> authenticate(Handshake handshake) {
            return CompletableFuture.completedFuture(new Authentication.Pending());
        }

        @Override
        public CompletionStage<Authentication> authenticate(String ticket) {
            return new CompletableFuture<>();
        }
    }
}
