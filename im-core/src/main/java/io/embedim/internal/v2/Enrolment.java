package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Refusal;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes and ends memberships that outlive their connections: in the table of members, in the user's directory, and as entries of the log (protocol M2, D1). Each step may be repeated,
 * so what was left undone is done by who asks next.
 */
final class Enrolment {

    /** So often somebody else may change a membership while it is being made. */
    private static final int TRIES = 4;

    private final Memberships memberships;
    private final Directory directory;
    private final LogBroker broker;
    private final Host host;

    Enrolment(V2Config config, Host host) {
        this.memberships = config.memberships();
        this.directory = config.directory();
        this.broker = config.broker();
        this.host = host;
    }

    /** Who becomes a member, or ceases to be one, and what then. */
    private record Step(
            UserId user,
            @Nullable ConnectionId origin,
            GroupId group,
            Supplier<@Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {}

    /** Makes a proven user a member who stays one. */
    @Nullable
    CompletionStage<?> enrol(
            Link link, GroupId group, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        return enrol(new Step(link.user(), link.id(), group, next, failed), TRIES);
    }

    private @Nullable CompletionStage<?> enrol(Step step, int tries) {
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.find(step.user(), step.group()),
                found -> {
                    Optional<Membership> member = found.filter(kept -> kept.isMember() && kept.durable());
                    return member.isPresent() ? restore(step, member.get()) : save(step, found, tries);
                },
                step.failed());
    }

    private @Nullable CompletionStage<?> save(Step step, Optional<Membership> found, int tries) {
        Membership wanted = found.map(kept -> kept.with(
                        kept.isMember() ? kept.role() : Membership.Role.MEMBER,
                        kept.mutedUntil(),
                        kept.bannedUntil(),
                        true))
                .orElseGet(() -> Membership.of(step.user(), step.group(), true));
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.save(wanted),
                saved -> {
                    if (saved.isPresent()) {
                        return list(step, saved.get());
                    } else if (tries > 1) {
                        return enrol(step, tries - 1);
                    }
                    step.failed().accept(new IllegalStateException("the membership changes all the time"));
                    return null;
                },
                step.failed());
    }

    private @Nullable CompletionStage<?> list(Step step, Membership member) {
        return add(step, member, outcome -> step.next().get());
    }

    /** What the table of members says is to be in the directory and the log too. */
    private @Nullable CompletionStage<?> restore(Step step, Membership member) {
        return add(
                step,
                member,
                outcome -> outcome instanceof Refusal
                        ? unlessRemoved(step, member)
                        : step.next().get());
    }

    private @Nullable CompletionStage<?> add(
            Step step, Membership member, Function<Outcome, @Nullable CompletionStage<?>> then) {
        return host.ask(
                Backend.BROKER,
                () -> directory.put(step.user(), ConversationId.of(step.group()), true),
                listed -> log(step, new Action.AddMember(step.user(), member.version()), then),
                step.failed());
    }

    /** The log has refused a member of this version: mostly because it has it, but a leave that was finished late may have removed it. Then the membership is made anew. */
    private @Nullable CompletionStage<?> unlessRemoved(Step step, Membership member) {
        Reading last = Reading.last(ConversationId.of(step.group()), 1).asSeenBy(step.user());
        return host.ask(
                Backend.BROKER,
                () -> broker.read(last),
                slice -> slice.entries().stream()
                                .anyMatch(seen -> new Action.RemoveMember(step.user())
                                        .equals(seen.draft().action()))
                        ? renew(step, member)
                        : step.next().get(),
                step.failed());
    }

    private @Nullable CompletionStage<?> renew(Step step, Membership member) {
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.save(member),
                saved -> saved.isPresent()
                        ? list(step, saved.get())
                        : step.next().get(),
                step.failed());
    }

    /** Ends a membership, and whatever is left of it. */
    @Nullable
    CompletionStage<?> end(
            Link link, GroupId group, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        return end(new Step(link.user(), link.id(), group, next, failed), TRIES);
    }

    /** The table of members says so already: now for what is left of a membership. */
    CompletionStage<Void> ended(UserId user, GroupId group) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletionStage<?> ignored = unlist(new Step(
                user,
                null,
                group,
                () -> {
                    done.complete(null);
                    return null;
                },
                done::completeExceptionally));
        return done;
    }

    /** Does what is left of a leave, unless the user has come back since. */
    @Nullable
    CompletionStage<?> finish(
            Link link, GroupId group, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.find(link.user(), group),
                found -> found.filter(Membership::isMember).isPresent()
                        ? next.get()
                        // Who comes back between this look and the entry that removes him is added again.
                        : unlist(new Step(
                                link.user(), link.id(), group, () -> complete(link, group, next, failed), failed)),
                failed);
    }

    /** Does what is left of a join, unless the user has gone since. */
    @Nullable
    CompletionStage<?> complete(
            Link link, GroupId group, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.find(link.user(), group),
                found -> {
                    Optional<Membership> member = found.filter(kept -> kept.isMember() && kept.durable());
                    return member.isPresent()
                            ? restore(new Step(link.user(), link.id(), group, next, failed), member.get())
                            : next.get();
                },
                failed);
    }

    private @Nullable CompletionStage<?> end(Step step, int tries) {
        return host.ask(
                Backend.MEMBERSHIPS,
                () -> memberships.find(step.user(), step.group()),
                found -> found.filter(Membership::isMember).isEmpty()
                        ? unlist(step)
                        : host.ask(
                                Backend.MEMBERSHIPS,
                                () -> release(found.get()),
                                released -> {
                                    if (released) {
                                        return unlist(step);
                                    } else if (tries > 1) {
                                        return end(step, tries - 1);
                                    }
                                    step.failed()
                                            .accept(new IllegalStateException("the membership changes all the time"));
                                    return null;
                                },
                                step.failed()),
                step.failed());
    }

    /** A mute or a ban is not to be got rid of by going. */
    private CompletionStage<Boolean> release(Membership member) {
        return member.mutedUntil() == null && member.bannedUntil() == null
                ? memberships.remove(member.user(), member.group(), member.version())
                : memberships
                        .save(member.with(Membership.Role.OUTSIDER, member.mutedUntil(), member.bannedUntil(), false))
                        .thenApply(Optional::isPresent);
    }

    private @Nullable CompletionStage<?> unlist(Step step) {
        return host.ask(
                Backend.BROKER,
                () -> directory.put(step.user(), ConversationId.of(step.group()), false),
                listed -> log(
                        step,
                        new Action.RemoveMember(step.user()),
                        done -> step.next().get()),
                step.failed());
    }

    private @Nullable CompletionStage<?> log(
            Step step, Action action, Function<Outcome, @Nullable CompletionStage<?>> then) {
        Draft entry = new Draft(ConversationId.of(step.group()), step.origin(), step.user(), "", true, null, "", "")
                .doing(action);
        return host.ask(Backend.BROKER, () -> broker.append(entry), then, step.failed());
    }
}
