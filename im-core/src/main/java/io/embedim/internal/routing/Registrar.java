package io.embedim.internal.routing;

import io.embedim.conversation.Broker;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.internal.v2.Dialect;
import io.embedim.model.GroupId;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.Sender;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import io.embedim.session.SessionStore;
import io.embedim.session.SharedSessionStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the local index, the broker's subscriptions, the memberships and the session store in step for one connection at a time. Called by tasks of the connection's mailbox.
 *
 * <p>Steps that fail are taken back, so that a client that got an error is where it was before.
 */
final class Registrar {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** So often somebody else may change a membership while it is being made; whoever did so has made one. */
    private static final int TRIES = 4;

    private final LocalIndex index;
    private final Subscriptions subscriptions;
    private final Broker broker;
    private final SessionStore store;
    private final @Nullable SharedSessionStore shared;
    private final Memberships memberships;
    private final Departures departures;
    private final ImRuntime runtime;
    private final Steps steps;
    private final Steps brokerSteps;
    private final Steps memberSteps;
    private volatile boolean silent;

    Registrar(LocalIndex index, EngineConfig config, Steps steps) {
        this.index = index;
        this.broker = config.broker();
        this.subscriptions = new Subscriptions(broker, config.runtime().executor());
        this.store = config.sessions();
        this.shared = store instanceof SharedSessionStore several ? several : null;
        this.memberships = config.memberships();
        this.departures = new Departures(config, steps);
        this.runtime = config.runtime();
        this.steps = steps.of(Backend.SESSIONS);
        this.brokerSteps = steps.of(Backend.BROKER);
        this.memberSteps = steps.of(Backend.MEMBERSHIPS);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** From now on leaves are not announced: the whole server goes away, and everybody with it. */
    void silence() {
        silent = true;
    }

    /** Binds the connection to a user; from then on what is sent to the user reaches it. */
    @Nullable
    CompletionStage<?> bind(Peer peer, UserId user, Runnable done, Consumer<Throwable> failed) {
        return bindThen(peer, user, runs(done), failed);
    }

    /** The same, and goes on when that is done. */
    @Nullable
    CompletionStage<?> bindThen(
            Peer peer, UserId user, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        if (user.equals(peer.user())) {
            return next.get();
        }
        Topic topic = Topic.of(user);
        return brokerSteps.then(
                () -> subscriptions.acquire(topic),
                inForce -> {
                    PeerSet.Entry<UserId> before = peer.boundTo();
                    PeerSet.Entry<UserId> now = index.addToUser(user, peer);
                    peer.bind(now);
                    return saveThen(
                            peer,
                            () -> {
                                unbind(before);
                                return next.get();
                            },
                            failure -> {
                                peer.bind(before);
                                unbind(now);
                                correct(peer);
                                failed.accept(failure);
                            });
                },
                failure -> {
                    subscriptions.release(topic);
                    failed.accept(failure);
                });
    }

    /** Takes the connection into a group; from then on what is sent to the group reaches it. */
    @Nullable
    CompletionStage<?> join(
            Peer peer, GroupId group, boolean groupIsNumber, Runnable done, Consumer<Throwable> failed) {
        return joinThen(peer, group, groupIsNumber, runs(done), failed);
    }

    /** The same, and goes on when that is done. */
    @Nullable
    CompletionStage<?> joinThen(
            Peer peer,
            GroupId group,
            boolean groupIsNumber,
            Supplier<@Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        Topic topic = Topic.of(group);
        return brokerSteps.then(
                () -> subscriptions.acquire(topic),
                inForce -> {
                    peer.join(new Peer.Joined(index.addToGroup(group, peer), groupIsNumber));
                    Consumer<Throwable> takeBack = failure -> {
                        drop(peer, group);
                        correct(peer);
                        failed.accept(failure);
                    };
                    Supplier<@Nullable CompletionStage<?>> save = () -> saveThen(peer, next, takeBack);
                    return peer.identity().isPresent()
                            ? becomeMember(peer.identity().get().user(), group, TRIES, save, takeBack)
                            : save.get();
                },
                failure -> {
                    subscriptions.release(topic);
                    failed.accept(failure);
                });
    }

    /** Takes back what {@link #bind} did; what is sent to the user reaches the connection until the store knows. */
    @Nullable
    CompletionStage<?> unbind(Peer peer, Runnable done, Consumer<Throwable> failed) {
        PeerSet.Entry<UserId> before = peer.boundTo();
        peer.bind(null);
        return save(
                peer,
                () -> {
                    unbind(before);
                    done.run();
                },
                failure -> {
                    peer.bind(before);
                    correct(peer);
                    failed.accept(failure);
                });
    }

    /** Takes the connection out of a group that it is in; what is sent to the group reaches it until the store knows. The others hear it where that is wanted. */
    @Nullable
    CompletionStage<?> leave(Peer peer, GroupId group, boolean announced, Runnable done, Consumer<Throwable> failed) {
        Peer.Joined joined = Objects.requireNonNull(peer.leave(group));
        return steps.then(
                () -> put(peer, peer.nextVersion()),
                stored -> {
                    index.removeFromGroup(joined.entry());
                    peer.outOf(group);
                    subscriptions.release(Topic.of(group));
                    if (announced) {
                        announceLeave(peer, group, joined);
                    }
                    CompletionStage<?> ended = departures.endMemberships(peer, List.of(group));
                    if (ended == null) {
                        done.run();
                        return null;
                    }
                    return ended.thenRun(done);
                },
                failure -> {
                    peer.join(joined);
                    correct(peer);
                    failed.accept(failure);
                });
    }

    /** Puts the session as it is now into the store. */
    @Nullable
    CompletionStage<?> save(Peer peer, Runnable done, Consumer<Throwable> failed) {
        return saveThen(peer, runs(done), failed);
    }

    private @Nullable CompletionStage<?> saveThen(
            Peer peer, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        long version = peer.nextVersion();
        return steps.then(() -> put(peer, version), stored -> next.get(), failed);
    }

    private CompletionStage<Void> put(Peer peer, long version) {
        return shared == null ? store.put(peer.session(), version) : shared.put(peer.session(), version, peer.sender());
    }

    /** Puts it again after the node has got another id. */
    @Nullable
    CompletionStage<?> registerAnew(Peer peer, Sweep.Outcome outcome) {
        return save(peer, outcome::done, outcome::failed);
    }

    /** The leave of a connection whose node has died. */
    void announceLeave(SharedSessionStore.Reaped reaped, GroupId group) {
        Sender sender = reaped.sender();
        if (sender == null && reaped.session().user() != null) {
            UserId user = reaped.session().user();
            sender = new Sender(user, false, user.value(), false, null);
        }
        if (sender != null && !silent) {
            boolean digits = group.value().chars().allMatch(c -> c >= '0' && c <= '9');
            announce(new Signal.Left(Topic.of(group), reaped.session().id(), group, digits, sender));
        }
    }

    /** The same for its memberships. */
    @Nullable
    CompletionStage<?> endMemberships(SharedSessionStore.Reaped reaped) {
        UserId user = reaped.session().user();
        return user == null
                ? null
                : departures.endMemberships(user, List.copyOf(reaped.session().groups()));
    }

    private static Supplier<@Nullable CompletionStage<?>> runs(Runnable done) {
        return () -> {
            done.run();
            return null;
        };
    }

    /** After a put of unknown outcome the store may believe in what was taken back; tells it better, and waits for no answer. */
    void correct(Peer peer) {
        CompletionStage<?> ignored = save(
                peer,
                () -> {},
                failure -> LOG.debug("event=session_not_corrected connection={}", peer.id(), LogText.trace(failure)));
    }

    /** The end of a session: nothing finds it any more, and every group that it was in hears it leave. */
    @Nullable
    CompletionStage<?> remove(Peer peer) {
        index.remove(peer);
        unbind(peer.boundTo());
        List<GroupId> left = List.copyOf(peer.groups());
        for (GroupId group : left) {
            Peer.Joined joined = drop(peer, group);
            if (joined != null) {
                announceLeave(peer, group, joined);
            }
        }
        return steps.then(
                () -> store.remove(peer.id(), peer.nextVersion()),
                removed -> departures.endMemberships(peer, left),
                failure -> LOG.warn("event=session_remove_failed connection={}", peer.id(), LogText.trace(failure)));
    }

    /** Before anybody comes. */
    void speaks(@Nullable Dialect dialect) {
        departures.speaks(dialect);
    }

    /** A membership is out of the table of members; log and directory follow. */
    CompletionStage<Void> membershipEnded(UserId user, GroupId group) {
        return departures.recorded(user, group);
    }

    CompletionStage<Void> endMemberships(GroupId group) {
        return departures.endMemberships(group);
    }

    private void announceLeave(Peer peer, GroupId group, Peer.Joined joined) {
        Sender sender = peer.sender();
        if (sender != null && !silent) {
            announce(new Signal.Left(Topic.of(group), peer.id(), group, joined.groupIsNumber(), sender));
        }
    }

    private void announce(Signal signal) {
        brokerSteps.then(
                () -> broker.signal(signal),
                sent -> null,
                failure -> LOG.warn(
                        "event=leave_not_announced topic={}", LogText.line(signal.topic()), LogText.trace(failure)));
    }

    /** Who was kept as an outsider for a mute becomes a member who is muted. Where another one has changed it meanwhile, that is looked at. */
    private @Nullable CompletionStage<?> becomeMember(
            UserId user,
            GroupId group,
            int tries,
            Supplier<@Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        return memberSteps.then(
                () -> memberships.find(user, group),
                found -> {
                    if (tries == 0 || found.filter(this::isSettled).isPresent()) {
                        return next.get();
                    }
                    Membership member = found.map(kept ->
                                    kept.with(Membership.Role.MEMBER, kept.mutedUntil(), kept.bannedUntil(), false))
                            .orElseGet(() -> Membership.of(user, group, false));
                    return memberSteps.then(
                            () -> memberships.save(member),
                            saved ->
                                    saved.isPresent() ? next.get() : becomeMember(user, group, tries - 1, next, failed),
                            failed);
                },
                failed);
    }

    /** Whether there is nothing to be made of it; who was banned a moment ago is about to be put out again. */
    private boolean isSettled(Membership found) {
        return found.isMember() || found.isBanned(runtime.now());
    }

    private Peer.@Nullable Joined drop(Peer peer, GroupId group) {
        Peer.Joined joined = peer.leave(group);
        if (joined != null) {
            index.removeFromGroup(joined.entry());
            subscriptions.release(Topic.of(group));
        }
        return joined;
    }

    private void unbind(PeerSet.@Nullable Entry<UserId> entry) {
        if (entry != null) {
            index.removeFromUser(entry);
            subscriptions.release(Topic.of(entry.key()));
        }
    }
}
