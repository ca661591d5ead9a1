package io.embedim.security;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ProtocolText;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The default policy: who has joined a group may speak in it.
 *
 * <p>Joining is open to everybody who is not banned from the group; speaking to a group needs this connection to have joined it, or the proven user to be a member, and
 * neither mute nor ban; speaking to a user is open. Where membership must exist before a join, extend this class and override {@link #join}.
 *
 * <p>Under {@code trustClaims()} only the connection's own join counts, because a claimed user proves nothing. Immutable; safe for use by any thread.
 */
public class MembersOnlyPolicy implements AccessPolicy {

    private static final Decision BANNED = Decision.deny(ProtocolText.BANNED_FROM_GROUP);
    private static final Decision MUTED = Decision.deny(ProtocolText.MUTED);

    private final Memberships memberships;
    private final InstantSource clock;

    /**
     * A policy over a table of members.
     *
     * @param memberships who belongs, is muted, is banned
     * @param clock the time of day
     */
    public MembersOnlyPolicy(Memberships memberships, InstantSource clock) {
        this.memberships = memberships;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Decision> join(Actor actor, GroupId group) {
        if (actor.identity().isEmpty()) {
            return Decision.now(true);
        }
        return memberships.find(actor.user(), group).thenApply(found -> isBanned(found) ? BANNED : Decision.ALLOW);
    }

    @Override
    public CompletionStage<Decision> speak(Actor actor, GroupId group) {
        if (actor.identity().isEmpty()) {
            return Decision.now(actor.hasJoined(group));
        }
        boolean joined = actor.hasJoined(group);
        return memberships.find(actor.user(), group).thenApply(found -> speak(found, joined));
    }

    @Override
    public CompletionStage<Decision> speak(Actor actor, UserId to) {
        return Decision.now(true);
    }

    private Decision speak(Optional<Membership> found, boolean joined) {
        boolean member = found.isPresent() && found.get().isMember();
        if (!member && !joined) {
            return Decision.DENY;
        }
        if (isBanned(found)) {
            return BANNED;
        }
        return found.isPresent() && found.get().isMuted(clock.instant()) ? MUTED : Decision.ALLOW;
    }

    private boolean isBanned(Optional<Membership> found) {
        return found.isPresent() && found.get().isBanned(clock.instant());
    }
}
