package io.embedim.security;

import io.embedim.model.GroupId;
import io.embedim.protocol.ProtocolText;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * {@link MembersOnlyPolicy}, and in groups that have {@link GroupRules} also these: announce-only, and slow mode.
 *
 * <p><b>Limits.</b> Slow mode is counted on this node, and per connection under {@code trustClaims()}: who has connections to two nodes speaks twice as often. A message that is allowed
 * counts, also where it then fails. Safe for use by any thread.
 */
public class ModeratedPolicy extends MembersOnlyPolicy {

    private static final Decision ANNOUNCE_ONLY = Decision.deny(ProtocolText.ANNOUNCE_ONLY);

    private final Memberships memberships;
    private final GroupRules.Source rules;
    private final InstantSource clock;
    private final SlowMode slowMode = new SlowMode();

    /**
     * A policy over a table of members and the rules of groups.
     *
     * @param memberships who belongs, is muted, is banned; the ones that the server was built with
     * @param rules how groups are moderated
     * @param clock the time of day
     */
    public ModeratedPolicy(Memberships memberships, GroupRules.Source rules, InstantSource clock) {
        super(memberships, clock);
        this.memberships = memberships;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Decision> speak(Actor actor, GroupId group) {
        return super.speak(actor, group)
                .thenCompose(member -> member == Decision.ALLOW
                        ? rules.of(group).thenCompose(found -> speak(actor, group, found))
                        : Decision.of(member));
    }

    private CompletionStage<Decision> speak(Actor actor, GroupId group, GroupRules found) {
        if (found.equals(GroupRules.NONE)) {
            return Decision.now(true);
        }
        if (actor.identity().isEmpty()) {
            return Decision.of(decide(actor, group, found));
        }
        return memberships
                .find(actor.user(), group)
                .thenApply(member -> member.filter(Membership::isModerator).isPresent()
                        ? Decision.ALLOW
                        : decide(actor, group, found));
    }

    private Decision decide(Actor actor, GroupId group, GroupRules found) {
        if (found.announceOnly()) {
            return ANNOUNCE_ONLY;
        }
        Duration left = found.slowMode().isZero()
                ? Duration.ZERO
                : slowMode.take(actor, group, found.slowMode(), clock.instant());
        return left.isZero() ? Decision.ALLOW : Decision.later(left);
    }
}
