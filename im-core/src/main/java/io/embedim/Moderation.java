package io.embedim;

import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.session.Membership;
import io.embedim.session.Membership.Role;
import io.embedim.session.Memberships;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who may be in a group and speak there: mutes, bans, roles. What is decided is kept with {@link Memberships} and asked for by {@link io.embedim.security.MembersOnlyPolicy}; it takes hold of
 * the next frame, on whatever node, and of users who are proven: under {@code trustClaims()} anybody may be anybody.
 *
 * <p>{@link #by} gives the same in the name of a member, with no more than its role allows; without it nobody is asked.
 *
 * <p><b>Threads.</b> Safe for use by any thread; nothing blocks. <b>Failure.</b> Stages fail with {@link ImException}: where the role does not allow it, and then nothing has changed; and
 * where memberships do not answer or change all the time, and then the state is unknown. All may be called again.
 */
public final class Moderation {

    /** Until somebody ends it. */
    public static final Duration FOREVER = Duration.ofDays(365_000);

    private static final int TRIES = 8;

    private final ImServer server;
    private final BiFunction<UserId, GroupId, CompletionStage<Void>> ended;
    private final Memberships memberships;
    private final InstantSource clock;
    private final @Nullable UserId moderator;

    /**
     * Of one server.
     *
     * @param ended hears of a membership that is out of the table of members
     * @param moderator in whose name, or null for the application itself
     */
    Moderation(
            ImServer server,
            BiFunction<UserId, GroupId, CompletionStage<Void>> ended,
            InstantSource clock,
            @Nullable UserId moderator) {
        this.server = server;
        this.ended = ended;
        this.memberships = server.memberships();
        this.clock = clock;
        this.moderator = moderator;
    }

    /**
     * The same in the name of a member: admins act upon members and outsiders, owners also upon admins, and only owners make admins. Nobody acts upon an owner; that is for the application.
     *
     * @param user whose role counts, in whichever group it is
     * @return what that user may do
     */
    public Moderation by(UserId user) {
        return new Moderation(server, ended, clock, user);
    }

    /**
     * Keeps a user from speaking in a group, member or not yet. Going and joining again does not end it.
     *
     * @param group the group
     * @param user who
     * @param time from now; {@link #FOREVER} until it is ended
     * @return the membership as it is now
     * @throws IllegalArgumentException if the time is zero or less
     */
    public CompletionStage<Membership> mute(GroupId group, UserId user, Duration time) {
        Instant until = until(time);
        return change(
                group,
                user,
                Role.MEMBER,
                found -> found.with(found.role(), until, found.bannedUntil(), found.durable()));
    }

    /**
     * Ends a mute.
     *
     * @param group the group
     * @param user who
     * @return what is left of the membership, or empty where there is none
     */
    public CompletionStage<Optional<Membership>> unmute(GroupId group, UserId user) {
        return lift(group, user, found -> found.with(found.role(), null, found.bannedUntil(), found.durable()));
    }

    /**
     * Puts a user out of a group: the membership ends, durable or not, and all its connections leave, on all nodes. It may join again, where the policy lets it.
     *
     * @param group the group
     * @param user who
     * @return how many connections left; completes when they have
     */
    public CompletionStage<ChangeReport> kick(GroupId group, UserId user) {
        return lift(group, user, found -> found.with(Role.OUTSIDER, found.mutedUntil(), found.bannedUntil(), false))
                .thenCompose(lifted -> out(group, user));
    }

    /**
     * Puts a user out of a group and keeps it out. Who is about to join at this moment is out in the end.
     *
     * @param group the group
     * @param user who
     * @param time from now; {@link #FOREVER} until it is ended
     * @return how many connections left; completes when they have
     * @throws IllegalArgumentException if the time is zero or less
     */
    public CompletionStage<ChangeReport> ban(GroupId group, UserId user, Duration time) {
        Instant until = until(time);
        return change(group, user, Role.MEMBER, found -> found.with(Role.OUTSIDER, found.mutedUntil(), until, false))
                .thenCompose(banned -> out(group, user));
    }

    /**
     * Ends a ban; the user is not in the group until it joins.
     *
     * @param group the group
     * @param user who
     * @return what is left of the membership, or empty where there is none
     */
    public CompletionStage<Optional<Membership>> unban(GroupId group, UserId user) {
        return lift(group, user, found -> found.with(found.role(), found.mutedUntil(), null, found.durable()));
    }

    /**
     * Gives a user a role in a group, which makes it a durable member.
     *
     * @param group the group
     * @param user who
     * @param role what it is to be
     * @return the membership as it is now
     * @throws IllegalArgumentException if the role is that of an outsider, which {@link #kick} makes
     */
    public CompletionStage<Membership> setRole(GroupId group, UserId user, Role role) {
        if (role == Role.OUTSIDER) {
            throw new IllegalArgumentException("an outsider has no role; use kick");
        }
        return change(group, user, role, found -> found.with(role, found.mutedUntil(), found.bannedUntil(), true));
    }

    /** The log first: a node that does not get the command hears of it by the entry. */
    private CompletionStage<ChangeReport> out(GroupId group, UserId user) {
        return ended.apply(user, group).thenCompose(recorded -> server.leave(Target.user(user), group));
    }

    /** Changes a membership, or makes one. */
    private CompletionStage<Membership> change(
            GroupId group, UserId user, Role wanted, UnaryOperator<Membership> change) {
        return attempt(group, user, wanted, TRIES, found -> {
            Membership before =
                    found.orElseGet(() -> Membership.of(user, group, false).with(Role.OUTSIDER, null, null, false));
            return memberships.save(change.apply(before));
        });
    }

    /** Takes something back from a membership, and removes it where nothing is left that it is kept for. */
    private CompletionStage<Optional<Membership>> lift(GroupId group, UserId user, UnaryOperator<Membership> change) {
        return attempt(group, user, Role.MEMBER, TRIES, found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.of(Optional.empty()));
            }
            Membership after = change.apply(found.get());
            Instant now = clock.instant();
            if (after.isMember() || after.isBanned(now) || after.isMuted(now)) {
                return memberships
                        .save(after)
                        .thenApply(saved -> saved.isPresent() ? Optional.of(saved) : Optional.empty());
            }
            return memberships
                    .remove(user, group, after.version())
                    .thenApply(removed -> removed ? Optional.of(Optional.empty()) : Optional.empty());
        });
    }

    /** Again and again while somebody else changes the same one, which an empty answer says. */
    private <T> CompletionStage<T> attempt(
            GroupId group,
            UserId user,
            Role wanted,
            int tries,
            Function<Optional<Membership>, CompletionStage<Optional<T>>> step) {
        if (tries == 0) {
            return CompletableFuture.failedStage(
                    new ImException("membership of " + user + " in group " + group + " changes all the time"));
        }
        return memberships
                .find(user, group)
                .thenCompose(found -> permit(group, user, found, wanted))
                .thenCompose(step)
                .thenCompose(done -> done.isPresent()
                        ? CompletableFuture.completedFuture(done.get())
                        : attempt(group, user, wanted, tries - 1, step));
    }

    private CompletionStage<Optional<Membership>> permit(
            GroupId group, UserId user, Optional<Membership> found, Role wanted) {
        UserId by = moderator;
        if (by == null) {
            return CompletableFuture.completedFuture(found);
        }
        Role target = found.map(Membership::role).orElse(Role.OUTSIDER);
        return memberships.find(by, group).thenApply(own -> {
            Role role = own.filter(membership -> !membership.isBanned(clock.instant()))
                    .map(Membership::role)
                    .orElse(Role.OUTSIDER);
            if (!mayAct(role, target, wanted)) {
                throw new ImException(by + " is " + role + " in group " + group + " and may not do this to " + user
                        + ", who is " + target);
            }
            return found;
        });
    }

    private static boolean mayAct(Role moderator, Role target, Role wanted) {
        return switch (moderator) {
            case OWNER -> target != Role.OWNER && wanted != Role.OWNER;
            case ADMIN -> target.compareTo(Role.ADMIN) < 0 && wanted.compareTo(Role.ADMIN) < 0;
            case MEMBER, OUTSIDER -> false;
        };
    }

    private Instant until(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("time is " + time + "; expected more than zero");
        }
        return clock.instant().plus(time.compareTo(FOREVER) < 0 ? time : FOREVER);
    }
}
