package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Actor;
import io.embedim.security.Authentication;
import io.embedim.security.Decision;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Membership;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Attack: speak as somebody else, or hear and say what is not one's own to. C-WHO, C-POLICY. */
class SpoofingTest {

    private static final String NOT_YOU = "403 发送者与当前登录用户不一致";
    private static final String NO_SPEAK = "403 没有发送该消息的权限";
    private static final GroupId GROUP = GroupId.of("100");

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final Clients clients = new Clients(runtime, Clients.authenticated().memberships(memberships));

    @Test
    void anotherUserIsRefusedInEveryFrame() {
        Clients.Client alice = clients.openAs("alice").joinGroup("alice", 100);
        Clients.Client mallory = clients.openAs("mallory").joinGroup("mallory", 100);
        alice.heard();
        mallory.heard();

        mallory.join("alice").joinGroup("alice", 200).speak("alice", 100, "x").speakTo("alice", "bob", "x");

        assertThat(mallory.heard()).containsExactly(NOT_YOU, NOT_YOU, NOT_YOU, NOT_YOU);
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void anotherNameAndAnotherPictureAreRefused() {
        Identity fixed = new Identity(UserId.of("mallory"), "Mallory", "m.png", null);
        Clients named = new Clients(
                runtime,
                ImServer.builder()
                        .authenticator(
                                handshake -> CompletableFuture.completedFuture(new Authentication.Accepted(fixed))));
        Clients.Client mallory = named.open();
        List<String> senders = List.of(
                "\"from_username\":\"Alice\",\"from_avatar\":\"m.png\"",
                "\"from_username\":\"Mallory\",\"from_avatar\":\"alice.png\"");

        for (String sender : senders) {
            mallory.send("{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"mallory\"," + sender
                    + ",\"to_user_id\":\"mallory\",\"content\":\"x\"}");
        }

        assertThat(mallory.heard()).containsExactly(NOT_YOU, NOT_YOU);
    }

    @Test
    void aJoinUnderAnotherNameRedirectsNoMessages() {
        Clients.Client alice = clients.openAs("alice");
        Clients.Client mallory = clients.openAs("mallory").join("alice");
        mallory.heard();

        clients.openAs("bob").speakTo("bob", "alice", "for alice alone");

        assertThat(alice.heard()).containsExactly("0 bob[单聊对]alice[说]:for alice alone");
        assertThat(mallory.heard()).isEmpty();
    }

    @Test
    void whoIsNotInAGroupDoesNotSpeakToIt() {
        Clients.Client alice = clients.openAs("alice").joinGroup("alice", 100);
        alice.heard();

        Clients.Client mallory = clients.openAs("mallory").speak("mallory", 100, "spam");

        assertThat(mallory.heard()).containsExactly(NO_SPEAK);
        assertThat(alice.heard()).isEmpty();
    }

    @Test
    void whoIsNotInAGroupDoesNotHearIt() {
        Membership banned = Membership.of(UserId.of("troll"), GROUP, true);
        clients.now(memberships.save(new Membership(
                banned.user(),
                banned.group(),
                banned.role(),
                null,
                runtime.now().plus(Duration.ofHours(1)),
                true,
                0)));
        Clients.Client alice = clients.openAs("alice").joinGroup("alice", 100);
        Clients.Client never = clients.openAs("mallory");
        Clients.Client refused = clients.openAs("troll").joinGroup("troll", 100);
        Clients.Client left = clients.openAs("former").joinGroup("former", 100);
        clients.now(clients.server.leave(Target.connection(left.id()), GROUP));
        List<Clients.Client> outside = List.of(never, refused, left);
        outside.forEach(Clients.Client::heard);
        alice.heard();

        alice.speak("alice", 100, "among us");

        assertThat(alice.heard()).containsExactly("0 alice[群聊说]:among us");
        assertThat(outside).allSatisfy(client -> assertThat(client.heard()).isEmpty());
    }

    @Test
    void aPrivateMessageIsHeardByItsRecipientAlone() {
        Clients.Client bob = clients.openAs("bob").joinGroup("bob", 100);
        Clients.Client other = clients.openAs("mallory").joinGroup("mallory", 100);
        bob.heard();
        other.heard();

        clients.openAs("alice").speakTo("alice", "bob", "secret");

        assertThat(bob.heard()).containsExactly("0 alice[单聊对]bob[说]:secret");
        assertThat(other.heard()).isEmpty();
    }

    @Test
    void wherePrivateMessagesAreForbiddenNoneArrives() {
        Clients strict = new Clients(runtime, Clients.authenticated().accessPolicy(new NoPrivateMessages()));
        Clients.Client bob = strict.openAs("bob");

        Clients.Client mallory = strict.openAs("mallory").speakTo("mallory", "bob", "spam");

        assertThat(mallory.heard()).containsExactly(NO_SPEAK);
        assertThat(bob.heard()).isEmpty();
        assertThat(mallory.closeCode()).isZero();
    }

    /** Groups are open, other users are not. */
    private static final class NoPrivateMessages implements AccessPolicy {

        @Override
        public CompletionStage<Decision> join(Actor actor, GroupId group) {
            return Decision.now(true);
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, GroupId group) {
            return Decision.now(true);
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, UserId to) {
            return Decision.now(false);
        }
    }
}
