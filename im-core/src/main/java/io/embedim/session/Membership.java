package io.embedim.session;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That a user belongs to a group, connected or not. Immutable; a change makes a new one with a higher version.
 *
 * @param user who
 * @param group to which group
 * @param role as what
 * @param mutedUntil until when the member may not speak, or null where it may
 * @param bannedUntil until when the user may not join or speak, or null where it may
 * @param durable true where the membership outlives its connections; false where a classic join made it and the last close ends it
 * @param version the state's number, given by {@link Memberships}: 0 for one that was never saved, then 1, 2, …
 */
public record Membership(
        UserId user,
        GroupId group,
        Role role,
        @Nullable Instant mutedUntil,
        @Nullable Instant bannedUntil,
        boolean durable,
        long version) {

    /** What a member may do beyond speaking. */
    public enum Role {
        /** No member: kept for a ban or a mute alone, until that has ended and the user joins again. */
        OUTSIDER,
        /** Speaks and reads. */
        MEMBER,
        /** Also mutes, kicks and bans members. */
        ADMIN,
        /** Also makes admins and dissolves the group. */
        OWNER
    }

    /** Checks that there is a user, a group and a role. */
    public Membership {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(role, "role");
    }

    /**
     * A plain member that was never saved.
     *
     * @param user who
     * @param group to which group
     * @param durable whether it outlives its connections
     * @return a membership of version 0
     */
    public static Membership of(UserId user, GroupId group, boolean durable) {
        return new Membership(user, group, Role.MEMBER, null, null, durable, 0);
    }

    /**
     * The same with another version.
     *
     * @param number the new version
     * @return a copy
     */
    public Membership withVersion(long number) {
        return new Membership(user, group, role, mutedUntil, bannedUntil, durable, number);
    }

    /**
     * The same as something else, with other limits.
     *
     * @param other the role
     * @param muted until when not to speak, or null
     * @param banned until when not to be in the group, or null
     * @param lasting whether it outlives its connections
     * @return a copy
     */
    public Membership with(Role other, @Nullable Instant muted, @Nullable Instant banned, boolean lasting) {
        return new Membership(user, group, other, muted, banned, lasting, version);
    }

    /**
     * Whether the user belongs to the group.
     *
     * @return false where this is kept for a ban or a mute alone
     */
    public boolean isMember() {
        return role != Role.OUTSIDER;
    }

    /**
     * Whether the member may moderate.
     *
     * @return true for admins and owners
     */
    public boolean isModerator() {
        return role == Role.ADMIN || role == Role.OWNER;
    }

    /**
     * Whether the user may not be in the group at a moment.
     *
     * @param now the moment
     * @return true while banned
     */
    public boolean isBanned(Instant now) {
        return bannedUntil != null && now.isBefore(bannedUntil);
    }

    /**
     * Whether the member may not speak at a moment.
     *
     * @param now the moment
     * @return true while muted
     */
    public boolean isMuted(Instant now) {
        return mutedUntil != null && now.isBefore(mutedUntil);
    }
}
