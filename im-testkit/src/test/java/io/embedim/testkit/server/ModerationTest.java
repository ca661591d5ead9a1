package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.Moderation;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.security.GroupRules;
import io.embedim.security.InMemoryGroupRules;
import io.embedim.security.ModeratedPolicy;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Membership;
import io.embedim.session.Membership.Role;
import io.embedim.session.Memberships;
import io.embedim.session.SessionStore;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ModerationTest {

    private static final GroupId GROUP = GroupId.of("100");
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CHAIR = UserId.of("chair");
    private static final String BANNED = "403 您已被禁止加入该群组";
    private static final String MUTED = "403 您在该群组中已被禁言";
    private static final String ANNOUNCE_ONLY = "403 该群组只有管理员可以发言";
    private static final String SLOW_MODE = "429 该群组已开启慢速模式,请稍后再发";
    private static final String NO_SPEAK = "403 没有发送该消息的权限";
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final InMemoryGroupRules rules = new InMemoryGroupRules();
    private final Faulty<Memberships> table = new Faulty<>(Memberships.class, memberships);
    private final Faulty<SessionStore> store = new Faulty<>(SessionStore.class, new InMemorySessionStore(runtime::now));
    private final Clients clients = new Clients(runtime, moderated(Clients.authenticated()));
    private final Moderation moderation = clients.server.moderation();

    private ImServerBuilder moderated(ImServerBuilder builder) {
        return builder.sessionStore(store.backend)
                .memberships(table.backend)
                .accessPolicy(new ModeratedPolicy(table.backend, rules, runtime::now));
    }

    private Clients.Client member(String user) {
        Clients.Client client = clients.openAs(user).joinGroup(user, 100);
        client.heard();
        return client;
    }

    private Optional<Membership> of(UserId user) {
        return clients.now(memberships.find(user, GROUP));
    }

    private <T> T now(CompletionStage<T> stage) {
        return clients.now(stage);
    }

    @Test
    void whoIsMutedListensUntilTheTimeIsOver() {
        Clients.Client alice = member("alice");
        Clients.Client bob = member("bob");

        now(moderation.mute(GROUP, ALICE, HOUR));
        alice.speak("alice", 100, "x");
        bob.speak("bob", 100, "hello");

        assertThat(alice.heard()).containsExactly(MUTED, "0 bob[群聊说]:hello");
        runtime.advance(HOUR.minusMillis(1));
        assertThat(alice.speak("alice", 100, "x").heard()).containsExactly(MUTED);
        runtime.advance(Duration.ofMillis(1));
        assertThat(alice.speak("alice", 100, "y").heard()).containsExactly("0 alice[群聊说]:y");
    }

    @Test
    void muteEndsWhenItIsTakenBackAndTheMemberStays() {
        Clients.Client alice = member("alice");
        now(moderation.mute(GROUP, ALICE, Moderation.FOREVER));

        assertThat(now(moderation.unmute(GROUP, ALICE)))
                .hasValueSatisfying(left -> assertThat(left.isMember()).isTrue());

        assertThat(alice.speak("alice", 100, "y").heard()).containsExactly("0 alice[群聊说]:y");
    }

    @Test
    void goingAndComingBackEndsNoMute() {
        Clients.Client alice = member("alice");
        now(moderation.mute(GROUP, ALICE, HOUR));

        alice.close();
        assertThat(of(ALICE)).hasValueSatisfying(kept -> assertThat(kept.role()).isEqualTo(Role.OUTSIDER));
        Clients.Client again = member("alice");

        assertThat(of(ALICE))
                .as("a member again, who is muted")
                .hasValueSatisfying(found -> assertThat(found.isMember()).isTrue());
        assertThat(again.speak("alice", 100, "x").heard()).containsExactly(MUTED);
        runtime.advance(HOUR);
        again.close();
        assertThat(of(ALICE)).as("nothing to keep any more").isEmpty();
    }

    @Test
    void whoIsKeptForAnEndedMuteAloneIsNoMember() {
        now(moderation.mute(GROUP, ALICE, HOUR));
        runtime.advance(HOUR);
        Clients.Client alice = clients.openAs("alice");

        assertThat(alice.speak("alice", 100, "x").heard()).containsExactly(NO_SPEAK);
    }

    @Test
    void whoIsKickedIsOutOnAllItsConnectionsAndMayComeBack() {
        Clients.Client phone = member("alice");
        Clients.Client laptop = member("alice");
        Clients.Client bob = member("bob");

        assertThat(now(moderation.kick(GROUP, ALICE)).changed()).isEqualTo(2);

        assertThat(bob.heard()).containsExactly("0 close", "0 close");
        laptop.heard(); // One of the two may have heard the other one leave.
        phone.heard();
        bob.speak("bob", 100, "in private");
        assertThat(phone.heard()).isEmpty();
        assertThat(laptop.speak("alice", 100, "x").heard()).containsExactly(NO_SPEAK);
        assertThat(phone.closeCode()).as("the connection itself stays").isZero();
        assertThat(phone.joinGroup("alice", 100).heard()).containsExactly("0 success");
    }

    @Test
    void kickEndsADurableMembershipToo() {
        now(moderation.setRole(GROUP, ALICE, Role.MEMBER));
        assertThat(of(ALICE))
                .hasValueSatisfying(found -> assertThat(found.durable()).isTrue());

        now(moderation.kick(GROUP, ALICE));

        assertThat(of(ALICE)).isEmpty();
    }

    @Test
    void kickDoesNotEndAMute() {
        Clients.Client alice = member("alice");
        now(moderation.mute(GROUP, ALICE, HOUR));

        now(moderation.kick(GROUP, ALICE));

        assertThat(alice.joinGroup("alice", 100).speak("alice", 100, "x").heard())
                .containsExactly("0 success", MUTED);
    }

    @Test
    void whoIsBannedIsOutAtOnceAndStaysOutUntilTheTimeIsOver() {
        Clients.Client alice = member("alice");
        Clients.Client bob = member("bob");

        assertThat(now(moderation.ban(GROUP, ALICE, HOUR)).changed()).isEqualTo(1);

        bob.speak("bob", 100, "in private");
        assertThat(alice.joinGroup("alice", 100).speak("alice", 100, "x").heard())
                .containsExactly(BANNED, NO_SPEAK);
        alice.close();
        Clients.Client again = clients.openAs("alice");
        assertThat(again.joinGroup("alice", 100).heard()).containsExactly(BANNED);
        runtime.advance(HOUR);
        assertThat(again.speak("alice", 100, "x").heard()).containsExactly(NO_SPEAK);
        assertThat(again.joinGroup("alice", 100).speak("alice", 100, "back").heard())
                .containsExactly("0 success", "0 alice[群聊说]:back");
    }

    @Test
    void banEndsWhenItIsTakenBack() {
        Clients.Client alice = member("alice");
        now(moderation.ban(GROUP, ALICE, Moderation.FOREVER));

        assertThat(now(moderation.unban(GROUP, ALICE))).isEmpty();

        assertThat(alice.joinGroup("alice", 100).heard()).containsExactly("0 success");
    }

    @Test
    void whoIsJustJoiningWhenBannedIsOutInTheEnd() {
        Clients.Client alice = clients.openAs("alice");
        store.set(Faulty.Fault.HANGS, "put");
        alice.joinGroup("alice", 100); // Past the policy, and in the middle of joining.
        store.set(Faulty.Fault.NONE);

        CompletionStage<?> ban = moderation.ban(GROUP, ALICE, HOUR);
        runtime.runAll();
        store.letGo();
        now(ban);

        clients.openAs("bob").joinGroup("bob", 100).speak("bob", 100, "in private");
        assertThat(alice.heard()).containsExactly("0 success");
        assertThat(now(clients.server.presence().countUsersIn(GROUP))).isEqualTo(1);
        assertThat(of(ALICE))
                .hasValueSatisfying(kept -> assertThat(kept.isMember()).isFalse());
    }

    @Test
    void joinThatIsLateMakesNoMemberOfWhoIsBanned() {
        Clients.Client alice = clients.openAs("alice");
        table.set(Faulty.Fault.HANGS, "save");
        alice.joinGroup("alice", 100);
        table.set(Faulty.Fault.NONE);

        CompletionStage<?> ban = moderation.ban(GROUP, ALICE, HOUR);
        runtime.runAll();
        store.set(Faulty.Fault.HANGS, "put");
        table.letGo();
        runtime.runAll();
        assertThat(of(ALICE))
                .as("before it is put out")
                .hasValueSatisfying(kept -> assertThat(kept.isMember()).isFalse());
        store.set(Faulty.Fault.NONE);
        store.letGo();
        now(ban);

        assertThat(alice.joinGroup("alice", 100).heard()).containsExactly("0 success", BANNED);
        assertThat(of(ALICE))
                .hasValueSatisfying(kept -> assertThat(kept.isMember()).isFalse());
    }

    @Test
    void whoIsMutedWhileJoiningIsAMemberWhoIsMuted() {
        Clients.Client alice = clients.openAs("alice");
        table.set(Faulty.Fault.HANGS, "save");
        alice.joinGroup("alice", 100);
        table.set(Faulty.Fault.NONE);

        now(moderation.mute(GROUP, ALICE, HOUR));
        table.letGo();
        runtime.runAll();

        assertThat(of(ALICE)).hasValueSatisfying(found -> {
            assertThat(found.isMember()).isTrue();
            assertThat(found.isMuted(runtime.now())).isTrue();
        });
    }

    @Test
    void onlyModeratorsSpeakWhereOnlyTheyMay() {
        Clients.Client alice = member("alice");
        Clients.Client chair = member("chair");
        now(moderation.setRole(GROUP, CHAIR, Role.ADMIN));
        rules.set(GROUP, GroupRules.NONE.withAnnounceOnly(true));

        alice.speak("alice", 100, "x");
        chair.speak("chair", 100, "news");

        assertThat(alice.heard()).containsExactly(ANNOUNCE_ONLY, "0 chair[群聊说]:news");
        rules.set(GROUP, GroupRules.NONE);
        assertThat(alice.speak("alice", 100, "y").heard()).containsExactly("0 alice[群聊说]:y");
    }

    @Test
    void inSlowModeAMemberWaitsOnAllItsConnectionsAndAModeratorDoesNot() {
        Clients.Client alice = member("alice");
        Clients.Client phone = member("alice");
        Clients.Client chair = member("chair");
        now(moderation.setRole(GROUP, CHAIR, Role.OWNER));
        rules.set(GROUP, GroupRules.NONE.withSlowMode(Duration.ofSeconds(30)));

        alice.speak("alice", 100, "1");
        runtime.advance(Duration.ofMillis(29_001));
        phone.heard();
        phone.send(Clients.frame("speak", 2, 100, "alice", "\"content\":\"2\""));

        assertThat(phone.connection.frames())
                .containsExactly("{\"code\":429,\"msg\":\"该群组已开启慢速模式,请稍后再发\",\"data\":{\"retry_after\":1}}");
        assertThat(alice.heard()).containsExactly("0 alice[群聊说]:1");
        runtime.advance(Duration.ofMillis(999));
        assertThat(alice.speak("alice", 100, "2").speak("alice", 100, "3").heard())
                .containsExactly("0 alice[群聊说]:2", SLOW_MODE);
        chair.heard();
        assertThat(chair.speak("chair", 100, "a").speak("chair", 100, "b").heard())
                .containsExactly("0 chair[群聊说]:a", "0 chair[群聊说]:b");
    }

    @Test
    void slowModeOfOneGroupIsNotThatOfAnother() {
        Clients.Client alice = member("alice").joinGroup("alice", 200);
        rules.set(GROUP, GroupRules.NONE.withSlowMode(HOUR));
        rules.set(GroupId.of("200"), GroupRules.NONE.withSlowMode(HOUR));
        alice.heard();

        alice.speak("alice", 100, "a").speak("alice", 200, "b").speak("alice", 200, "c");

        assertThat(alice.heard()).containsExactly("0 alice[群聊说]:a", "0 alice[群聊说]:b", SLOW_MODE);
    }

    @Test
    void underTrustClaimsEachConnectionWaitsWhateverItCallsItself() {
        Clients trusting = new Clients(runtime, moderated(ImServer.builder().trustClaims()));
        rules.set(GROUP, GroupRules.NONE.withSlowMode(HOUR));
        Clients.Client client = trusting.open().joinGroup("a", 100);
        client.heard();

        client.speak("a", 100, "1").speak("b", 100, "2");

        assertThat(client.heard()).containsExactly("0 a[群聊说]:1", SLOW_MODE);
    }

    @Test
    void whoOnlyClaimsToBeAModeratorIsNone() {
        Clients trusting = new Clients(runtime, moderated(ImServer.builder().trustClaims()));
        now(moderation.setRole(GROUP, CHAIR, Role.OWNER));
        rules.set(GROUP, GroupRules.NONE.withAnnounceOnly(true));
        Clients.Client client = trusting.open().joinGroup("chair", 100);
        client.heard();

        assertThat(client.speak("chair", 100, "news").heard()).containsExactly(ANNOUNCE_ONLY);
    }

    @Test
    void moderatorsMayDoNoMoreThanTheirRoleAllows() {
        UserId owner = UserId.of("owner");
        now(moderation.setRole(GROUP, owner, Role.OWNER));
        now(moderation.setRole(GROUP, CHAIR, Role.ADMIN));
        now(moderation.setRole(GROUP, BOB, Role.MEMBER));
        member("alice");

        refused(moderation.by(ALICE).mute(GROUP, BOB, HOUR));
        refused(moderation.by(BOB).kick(GROUP, ALICE));
        refused(moderation.by(UserId.of("stranger")).ban(GROUP, ALICE, HOUR));
        refused(moderation.by(CHAIR).ban(GROUP, owner, HOUR));
        refused(moderation.by(CHAIR).setRole(GROUP, BOB, Role.ADMIN));
        refused(moderation.by(CHAIR).setRole(GROUP, CHAIR, Role.OWNER));
        refused(moderation.by(owner).setRole(GROUP, BOB, Role.OWNER));
        refused(moderation.by(owner).mute(GROUP, owner, HOUR));
        refused(moderation.by(CHAIR).mute(GroupId.of("200"), BOB, HOUR));

        assertThat(now(moderation.by(CHAIR).mute(GROUP, BOB, HOUR)).isMuted(runtime.now()))
                .isTrue();
        assertThat(now(moderation.by(owner).setRole(GROUP, BOB, Role.ADMIN)).role())
                .isEqualTo(Role.ADMIN);
        refused(moderation.by(CHAIR).unmute(GROUP, BOB));
        assertThat(now(moderation.by(owner).kick(GROUP, CHAIR)).changed()).isZero();
        assertThat(of(CHAIR)).isEmpty();
    }

    @Test
    void bannedModeratorIsNone() {
        now(moderation.setRole(GROUP, CHAIR, Role.ADMIN));
        now(memberships
                .find(CHAIR, GROUP)
                .thenCompose(found -> memberships.save(
                        found.orElseThrow().with(Role.ADMIN, null, runtime.now().plus(HOUR), true))));

        refused(moderation.by(CHAIR).mute(GROUP, BOB, HOUR));
    }

    @Test
    void concurrentChangesOfOneMembershipAreAllMade() {
        member("alice");
        table.set(Faulty.Fault.HANGS, "save");
        CompletionStage<?> mute = moderation.mute(GROUP, ALICE, HOUR);
        table.set(Faulty.Fault.NONE);
        now(moderation.setRole(GROUP, ALICE, Role.ADMIN));

        table.letGo();
        now(mute);

        assertThat(of(ALICE)).hasValueSatisfying(found -> {
            assertThat(found.role()).isEqualTo(Role.ADMIN);
            assertThat(found.isMuted(runtime.now())).isTrue();
        });
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> moderation.mute(GROUP, ALICE, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time is PT0S; expected more than zero");
        assertThatThrownBy(() -> moderation.ban(GROUP, ALICE, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> moderation.setRole(GROUP, ALICE, Role.OUTSIDER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GroupRules.NONE.withSlowMode(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slow mode is PT48H; expected zero to PT24H");
    }

    private void refused(CompletionStage<?> stage) {
        runtime.runAll();
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ImException.class)
                .hasMessageContaining("may not do this");
    }
}
