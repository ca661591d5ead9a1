package io.embedim.internal.routing;

import io.embedim.internal.v2.Dialect;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.Listing;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the memberships that a classic join made, when the last connection of their user has left the group. */
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private static final int PASSES = 4;

    private final SessionStore store;
    private final Memberships memberships;
    private final ImRuntime runtime;
    private final Steps steps;
    private final Steps memberSteps;
    /** Null where nobody speaks it; set before anybody comes. */
    private volatile @Nullable Dialect dialect;

    Departures(EngineConfig config, Steps steps) {
        this.store = config.sessions();
        this.memberships = config.memberships();
        this.runtime = config.runtime();
        this.steps = steps.of(Backend.SESSIONS);
        this.memberSteps = steps.of(Backend.MEMBERSHIPS);
    }

    void speaks(@Nullable Dialect other) {
        dialect = other;
    }

    /** For a proven user only: a claimed one never became a member. The session is out of the store already. */
    @Nullable
    CompletionStage<?> endMemberships(Peer peer, List<GroupId> left) {
        Optional<Identity> identity = peer.identity();
        return identity.isEmpty() ? null : endMemberships(identity.get().user(), left);
    }

    /** The same for a user whose connection's node has died. Where the user was only claimed, there is no membership to end, or one that nobody is connected for. */
    @Nullable
    CompletionStage<?> endMemberships(UserId user, List<GroupId> left) {
        if (left.isEmpty()) {
            return null;
        }
        return stillIn(user, null, new HashSet<>(), elsewhere -> {
            CompletionStage<?> last = null;
            for (GroupId group : left) {
                if (!elsewhere.contains(group)) {
                    last = end(user, group);
                }
            }
            return last;
        });
    }

    /** Ends all memberships of a group, durable ones too; fails where one may be left. One page at a time. */
    CompletionStage<Void> endMemberships(GroupId group) {
        return pass(group, PASSES).exceptionally(failure -> {
            throw new ImException("memberships of group " + group + " could not be ended", Steps.cause(failure));
        });
    }

    /** What another one changes at the same time stays; so once more, until there is nothing. */
    private CompletionStage<Void> pass(GroupId group, int left) {
        AtomicInteger stayed = new AtomicInteger();
        return Listing.<Membership>of(page ->
                        memberSteps.inTime(memberships.inGroup(group, page).toCompletableFuture()))
                .forEachPage(page -> CompletableFuture.allOf(page.stream()
                        .map(membership -> memberSteps
                                .inTime(memberships
                                        .remove(membership.user(), group, membership.version())
                                        .toCompletableFuture())
                                .thenCompose(removed -> {
                                    stayed.addAndGet(removed ? 0 : 1);
                                    return removed && membership.durable()
                                            ? recorded(membership.user(), group)
                                            : CompletableFuture.completedFuture(null);
                                }))
                        .toArray(CompletableFuture[]::new)))
                .thenCompose(end -> stayed.get() == 0
                        ? CompletableFuture.completedFuture(null)
                        : left > 1
                                ? pass(group, left - 1)
                                : CompletableFuture.failedFuture(
                                        new ImException(stayed + " of them changed all the time")));
    }

    private @Nullable CompletionStage<?> stillIn(
            UserId user,
            @Nullable String cursor,
            Set<GroupId> found,
            Function<Set<GroupId>, @Nullable CompletionStage<?>> next) {
        return steps.then(
                () -> store.ofUser(user, new PageRequest(cursor, PageRequest.MAX_LIMIT)),
                page -> {
                    for (Session session : page.items()) {
                        found.addAll(session.groups());
                    }
                    return page.next() == null ? next.apply(found) : stillIn(user, page.next(), found, next);
                },
                failure -> log(user, failure));
    }

    private @Nullable CompletionStage<?> end(UserId user, GroupId group) {
        return memberSteps.then(
                () -> memberships.find(user, group),
                found -> found.filter(membership -> !membership.durable()).isPresent() ? end(found.get()) : null,
                failure -> log(user, failure));
    }

    /** A ban or a mute is not to be got rid of by going. */
    private @Nullable CompletionStage<?> end(Membership membership) {
        Instant now = runtime.now();
        if (!membership.isBanned(now) && !membership.isMuted(now)) {
            return remove(membership);
        }
        return memberSteps.then(
                () -> memberships.save(membership.with(
                        Membership.Role.OUTSIDER, membership.mutedUntil(), membership.bannedUntil(), false)),
                saved -> null,
                failure -> log(membership.user(), failure));
    }

    private @Nullable CompletionStage<?> remove(Membership membership) {
        return memberSteps.then(
                () -> memberships.remove(membership.user(), membership.group(), membership.version()),
                removed -> null,
                failure -> log(membership.user(), failure));
    }

    /** What ended in the table of members ends in the log too, where one is kept. */
    CompletionStage<Void> recorded(UserId user, GroupId group) {
        Dialect keeper = dialect;
        return keeper == null ? CompletableFuture.completedFuture(null) : keeper.membershipEnded(user, group);
    }

    private static void log(UserId user, Throwable failure) {
        LOG.warn("event=membership_not_ended user={}", LogText.line(user), LogText.trace(failure));
    }
}
