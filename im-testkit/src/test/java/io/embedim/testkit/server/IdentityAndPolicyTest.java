package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Membership;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IdentityAndPolicyTest {

    private static final GroupId GROUP = GroupId.of("100");
    private static final UserId ALICE = UserId.of("alice");
    private static final String NOT_YOU = "403 发送者与当前登录用户不一致";
    private static final String NO_SPEAK = "403 没有发送该消息的权限";
    private static final String BANNED = "403 您已被禁止加入该群组";
    private static final String MUTED = "403 您在该群组中已被禁言";

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryMemberships memberships = new InMemoryMemberships();

    private Clients secure() {
        return new Clients(runtime, Clients.authenticated().memberships(memberships));
    }

    @Test
    void nobodySpeaksAsAnotherUserAndTheConnectionStaysOpen() {
        Clients clients = secure();
        Clients.Client bob = clients.openAs("bob").join("bob").joinGroup("bob", 100);
        Clients.Client mallory = clients.openAs("mallory").joinGroup("mallory", 100);
        bob.heard();
        mallory.heard();

        mallory.join("alice").joinGroup("alice", 100).speak("alice", 100, "x").speakTo("alice", "bob", "x");

        assertThat(mallory.heard()).containsExactly(NOT_YOU, NOT_YOU, NOT_YOU, NOT_YOU);
        assertThat(mallory.closeCode()).isZero();
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void aFixedNameAndAvatarMustMatchToo() {
        Identity identity = new Identity(ALICE, "Alice", "a.png", null);
        Clients clients = new Clients(
                runtime,
                ImServer.builder()
                        .authenticator(
                                handshake -> CompletableFuture.completedFuture(new Authentication.Accepted(identity))));
        String frame =
                "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"alice\",\"from_username\":\"%s\""
                        + ",\"from_avatar\":\"%s\",\"content\":\"c\"}";
        Clients.Client client = clients.open();

        client.send(frame.formatted("Alicia", "a.png")).send(frame.formatted("Alice", "b.png"));
        client.send(frame.formatted("Alice", "a.png"));

        assertThat(client.heard()).containsExactly(NOT_YOU, NOT_YOU, "0 success");
    }

    @Test
    void aProvenUserIsReachedFromTheFirstMoment() {
        Clients clients = secure();
        Clients.Client alice = clients.openAs("alice");

        clients.openAs("bob").speakTo("bob", "alice", "hi");

        assertThat(alice.heard()).containsExactly("0 bob[单聊对]alice[说]:hi");
    }

    @Test
    void onlyMembersSpeakToAGroup() {
        Clients clients = secure();
        Clients.Client alice = clients.openAs("alice");

        alice.speak("alice", 100, "too early").joinGroup("alice", 100).speak("alice", 100, "now");

        assertThat(alice.heard()).containsExactly(NO_SPEAK, "0 success", "0 alice[群聊说]:now");
    }

    @Test
    void aMemberSpeaksFromEveryConnection() {
        Clients clients = secure();
        Clients.Client first = clients.openAs("alice").joinGroup("alice", 100);
        Clients.Client second = clients.openAs("alice");
        first.heard();

        second.speak("alice", 100, "from my phone");

        assertThat(second.heard()).isEmpty();
        assertThat(first.heard()).containsExactly("0 alice[群聊说]:from my phone");
    }

    @Test
    void whoHasJoinedSpeaksAlsoWhereTheTableDoesNotKnow() {
        Clients clients = secure();
        Clients.Client alice = clients.openAs("alice").joinGroup("alice", 100);
        alice.heard();
        clients.now(memberships.remove(ALICE, GROUP, find(GROUP).orElseThrow().version()));

        assertThat(alice.speak("alice", 100, "still here").heard()).containsExactly("0 alice[群聊说]:still here");
    }

    @Test
    void underTrustClaimsOnlyTheConnectionsOwnJoinCounts() {
        Clients clients = new Clients(runtime, ImServer.builder().trustClaims());
        Clients.Client member = clients.open().joinGroup("alice", 100);
        Clients.Client stranger = clients.open();
        member.heard();

        stranger.speak("alice", 100, "I am alice");

        assertThat(stranger.heard()).containsExactly(NO_SPEAK);
        assertThat(member.heard()).isEmpty();
    }

    @Test
    void whoIsBannedNeitherJoinsNorSpeaksAndWhoIsMutedListens() {
        Clients clients = secure();
        save(new Membership(
                ALICE, GROUP, Membership.Role.MEMBER, null, runtime.now().plusSeconds(60), true, 0));
        save(new Membership(
                UserId.of("bob"), GROUP, Membership.Role.MEMBER, runtime.now().plusSeconds(60), null, true, 0));
        Clients.Client alice = clients.openAs("alice").joinGroup("alice", 100).speak("alice", 100, "x");
        Clients.Client bob = clients.openAs("bob").joinGroup("bob", 100).speak("bob", 100, "x");

        assertThat(alice.heard()).containsExactly(BANNED, BANNED);
        assertThat(bob.heard()).containsExactly("0 success", MUTED);

        runtime.advance(Duration.ofSeconds(61));
        alice.joinGroup("alice", 100);
        bob.speak("bob", 100, "again");

        assertThat(alice.heard()).containsExactly("0 success", "0 bob[群聊说]:again");
    }

    @Test
    void theLastCloseEndsAMembershipThatAJoinMadeAndNoOther() {
        Clients clients = secure();
        save(Membership.of(ALICE, GroupId.of("200"), true));
        Clients.Client one = clients.openAs("alice").joinGroup("alice", 100).joinGroup("alice", 200);
        Clients.Client other = clients.openAs("alice").joinGroup("alice", 100);

        one.close();
        assertThat(find(GROUP)).isPresent();

        other.close();
        assertThat(find(GROUP)).isEmpty();
        assertThat(find(GroupId.of("200"))).isPresent();
    }

    @Test
    void aClaimedUserBecomesNoMember() {
        Clients clients =
                new Clients(runtime, ImServer.builder().classicProfile().memberships(memberships));

        clients.open().joinGroup("alice", 100);

        assertThat(find(GROUP)).isEmpty();
    }

    @Test
    void whoIsRefusedIsClosedWith4100AndTheApplicationHearsNothing() {
        List<String> told = new ArrayList<>();
        Clients clients = new Clients(runtime, Clients.authenticated().listener(new ImListener() {
            @Override
            public void connected(Session session, Handshake handshake) {
                told.add("connected");
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                told.add("closed");
            }
        }));

        Clients.Client nobody = clients.open().join("alice");

        assertThat(nobody.closeCode()).isEqualTo(4100);
        assertThat(nobody.heard()).isEmpty();
        assertThat(told).isEmpty();
        assertThat(clients.server.connections()).isZero();
    }

    @Test
    void framesWaitForTheAuthenticatorAndATooSlowOneRefuses() {
        CompletableFuture<Authentication> answer = new CompletableFuture<>();
        Clients clients = new Clients(runtime, ImServer.builder().authenticator(handshake -> answer));
        Clients.Client patient = clients.open().join("alice");
        assertThat(patient.heard()).isEmpty();

        answer.complete(new Authentication.Accepted(Identity.of(ALICE)));
        runtime.runAll();
        assertThat(patient.heard()).containsExactly("0 success");

        Clients hanging =
                new Clients(runtime, ImServer.builder().authenticator(handshake -> new CompletableFuture<>()));
        Clients.Client waiting = hanging.open();
        runtime.advance(Duration.ofSeconds(6));
        assertThat(waiting.closeCode()).isEqualTo(4100);
    }

    @Test
    void anAuthenticatorThatThrowsRefuses() {
        Clients clients = new Clients(runtime, ImServer.builder().authenticator(handshake -> {
            throw new IllegalStateException("database is down");
        }));

        assertThat(clients.open().closeCode()).isEqualTo(4100);
    }

    @Test
    void anExpiredIdentityIsClosedWith4101() {
        Identity identity = new Identity(ALICE, null, null, runtime.now().plusSeconds(10));
        Clients clients = new Clients(
                runtime,
                ImServer.builder()
                        .authenticator(
                                handshake -> CompletableFuture.completedFuture(new Authentication.Accepted(identity))));
        Clients.Client alice = clients.open();

        runtime.advance(Duration.ofSeconds(9));
        assertThat(alice.closeCode()).isZero();
        runtime.advance(Duration.ofSeconds(3));

        assertThat(alice.closeCode()).isEqualTo(4101);
    }

    private void save(Membership membership) {
        assertThat(memberships.save(membership).toCompletableFuture().join()).isPresent();
    }

    private Optional<Membership> find(GroupId group) {
        return memberships.find(ALICE, group).toCompletableFuture().join();
    }
}
