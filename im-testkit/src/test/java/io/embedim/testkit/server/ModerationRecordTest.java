package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.Moderation;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Membership;
import io.embedim.session.Membership.Role;
import io.embedim.session.Memberships;
import io.embedim.testkit.ManualRuntime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What moderation leaves in the table of members: each call changes what it is for, and nothing else. */
class ModerationRecordTest {

    private static final GroupId GROUP = GroupId.of("100");
    private static final UserId ALICE = UserId.of("alice");
    private static final Duration LATER = Duration.ofHours(3);

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final Faulty<Memberships> table = new Faulty<>(Memberships.class, memberships);
    private final Clients clients = new Clients(runtime, Clients.authenticated().memberships(table.backend));
    private final Moderation moderation = clients.server.moderation();
    private final Instant muted = runtime.now().plus(Duration.ofHours(1));
    private final Instant banned = runtime.now().plus(Duration.ofHours(2));
    private final Instant later = runtime.now().plus(LATER);

    private static Membership membership(Role role, @Nullable Instant mute, @Nullable Instant ban, boolean durable) {
        return Membership.of(ALICE, GROUP, false).with(role, mute, ban, durable);
    }

    private Membership kept(Membership before) {
        Optional<Membership> old = clients.now(memberships.find(ALICE, GROUP));
        return clients.now(memberships.save(
                        before.withVersion(old.map(Membership::version).orElse(0L))))
                .orElseThrow();
    }

    private Optional<Membership> found() {
        return clients.now(memberships.find(ALICE, GROUP)).map(found -> found.withVersion(0));
    }

    private void leaves(Membership before, Function<Moderation, CompletionStage<?>> call, Membership after) {
        kept(before);

        clients.now(call.apply(moderation));

        assertThat(found()).contains(after);
    }

    @Test
    void eachCallChangesWhatItIsForAndNothingElse() {
        Membership all = membership(Role.ADMIN, muted, banned, true);

        leaves(all, by -> by.mute(GROUP, ALICE, LATER), membership(Role.ADMIN, later, banned, true));
        leaves(all, by -> by.unmute(GROUP, ALICE), membership(Role.ADMIN, null, banned, true));
        leaves(all, by -> by.ban(GROUP, ALICE, LATER), membership(Role.OUTSIDER, muted, later, false));
        leaves(all, by -> by.unban(GROUP, ALICE), membership(Role.ADMIN, muted, null, true));
        leaves(all, by -> by.kick(GROUP, ALICE), membership(Role.OUTSIDER, muted, banned, false));
        leaves(all, by -> by.setRole(GROUP, ALICE, Role.OWNER), membership(Role.OWNER, muted, banned, true));
        leaves(
                membership(Role.MEMBER, null, null, false),
                by -> by.mute(GROUP, ALICE, LATER),
                membership(Role.MEMBER, later, null, false));
    }

    @Test
    void whatIsKeptForABanAndAMuteStaysUntilBothAreEnded() {
        kept(membership(Role.OUTSIDER, muted, banned, false));

        assertThat(clients.now(moderation.unmute(GROUP, ALICE))).isPresent();
        assertThat(found()).contains(membership(Role.OUTSIDER, null, banned, false));
        assertThat(clients.now(moderation.unban(GROUP, ALICE))).isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    void whoBecomesAMemberWhileAMuteIsTakenBackStaysOne() {
        kept(membership(Role.OUTSIDER, muted, null, false));
        table.set(Faulty.Fault.HANGS, "remove");
        CompletionStage<Optional<Membership>> unmute = moderation.unmute(GROUP, ALICE);
        table.set(Faulty.Fault.NONE);
        clients.now(moderation.setRole(GROUP, ALICE, Role.MEMBER));

        table.letGo();

        assertThat(clients.now(unmute)).isPresent();
        assertThat(found()).contains(membership(Role.MEMBER, null, null, true));
    }

    @Test
    void whoBecomesAModeratorWhileAMuteIsTakenBackIsNotMuted() {
        kept(membership(Role.MEMBER, muted, null, true));
        table.set(Faulty.Fault.HANGS, "save");
        CompletionStage<Optional<Membership>> unmute = moderation.unmute(GROUP, ALICE);
        table.set(Faulty.Fault.NONE);
        clients.now(moderation.setRole(GROUP, ALICE, Role.ADMIN));

        table.letGo();

        assertThat(clients.now(unmute)).isPresent();
        assertThat(found()).contains(membership(Role.ADMIN, null, null, true));
    }

    @Test
    void membershipThatChangesAllTheTimeFailsInTheEnd() {
        Memberships restless = (Memberships) Proxy.newProxyInstance(
                Memberships.class.getClassLoader(),
                new Class<?>[] {Memberships.class},
                (proxy, method, arguments) -> method.getName().equals("save")
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : method.invoke(memberships, arguments));
        Clients busy = new Clients(runtime, Clients.authenticated().memberships(restless));

        CompletionStage<?> mute = busy.server.moderation().mute(GROUP, ALICE, LATER);
        runtime.runAll();

        assertThatThrownBy(() -> mute.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ImException.class)
                .hasMessage("membership of alice in group 100 changes all the time");
    }

    @Test
    void noTimeIsTooLong() {
        clients.now(moderation.mute(GROUP, ALICE, Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(found()).contains(membership(Role.OUTSIDER, runtime.now().plus(Moderation.FOREVER), null, false));
    }
}
