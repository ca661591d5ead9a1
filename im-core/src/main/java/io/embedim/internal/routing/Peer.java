package io.embedim.internal.routing;

import io.embedim.cluster.NodeId;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.session.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection and what the server knows of it.
 *
 * <p>Everything below the mailbox is changed by tasks of the mailbox only, one at a time, so it needs no lock.
 */
final class Peer implements Outbox.Owner {

    private final ConnectionId id;
    private final NodeId node;
    private final Instant openedAt;
    private final Replies replies;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final Life life;

    private volatile @Nullable CloseReason end;
    private volatile long lastHeard;
    private volatile @Nullable Identity identity;
    private volatile @Nullable Pending pending;
    private @Nullable UserId user;
    private PeerSet.@Nullable Entry userEntry;
    private @Nullable Sender sender;
    private Map<GroupId, Joined> groups = Map.of();
    private Map<String, String> attributes = Map.of();
    private long version;
    private boolean admitted;

    /** How a connection is in a group. */
    record Joined(PeerSet.Entry entry, boolean groupIsNumber) {}

    /** A client that still has to prove who it is. */
    record Pending(long since, Handshake handshake) {}

    /** What happens to a peer in the end; one for all peers. */
    interface Life {
        /** It is being closed when what waits is written, which may take for ever. */
        void closing(Peer peer);

        void ended(Peer peer);
    }

    Peer(
            ConnectionId id,
            NodeId node,
            Instant openedAt,
            Replies replies,
            Mailbox mailbox,
            Function<Outbox.Owner, Outbox> outbox,
            Life life) {
        this.id = id;
        this.node = node;
        this.openedAt = openedAt;
        this.replies = replies;
        this.mailbox = mailbox;
        this.life = life;
        this.outbox = outbox.apply(this);
    }

    ConnectionId id() {
        return id;
    }

    Replies replies() {
        return replies;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Something came from the client. */
    void heard(long now) {
        lastHeard = now;
    }

    long lastHeard() {
        return lastHeard;
    }

    /** Sends a frame; who does not keep up is closed. Any thread. */
    SendResult send(OutboundFrame frame) {
        SendResult result = outbox.offer(frame);
        if (result == SendResult.OVERFLOW && !frame.isDroppable()) {
            endNow(CloseReason.SLOW_CONSUMER);
        }
        return result;
    }

    /** Runs a task in its turn, unless the session has ended. Any thread. */
    boolean post(Supplier<@Nullable CompletionStage<?>> task) {
        return mailbox.post(task);
    }

    /** Ends the session; the pipe is closed when what waits has been written. Any thread; the first reason stands. */
    void endWhenDrained(CloseReason reason) {
        if (end(reason)) {
            outbox.closeWhenDrained(reason);
            life.closing(this);
            life.ended(this);
        }
    }

    /** Ends the session and closes the pipe at once. Any thread; the first reason stands. */
    void endNow(CloseReason reason) {
        boolean first = end(reason);
        outbox.closeNow(reason);
        if (first) {
            life.ended(this);
        }
    }

    /** Ends the session because the pipe is gone. Any thread; the first reason stands. */
    void gone(CloseReason reason) {
        boolean first = end(reason);
        outbox.discard();
        if (first) {
            life.ended(this);
        }
    }

    boolean hasEnded() {
        return end != null;
    }

    CloseReason endReason() {
        CloseReason reason = end;
        return reason != null ? reason : CloseReason.LOST;
    }

    @Override
    public void writeFailed(Throwable failure) {
        endNow(CloseReason.LOST);
    }

    private synchronized boolean end(CloseReason reason) {
        if (end != null) {
            return false;
        }
        end = reason;
        return true;
    }

    // From here on: for tasks of the mailbox.

    void closeMailbox() {
        mailbox.close();
    }

    Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    /** From now on nothing but a proof is wanted of it. */
    void awaitProof(Pending what) {
        pending = what;
    }

    @Nullable
    Pending pending() {
        return pending;
    }

    /** A proof takes the place of the one before. */
    void renew(Identity proven) {
        identity = proven;
    }

    void identify(@Nullable Identity proven, Map<String, String> known) {
        identity = proven;
        attributes = known;
        pending = null;
    }

    /** The application has been told of it, and will be told of its end. */
    void admitted() {
        admitted = true;
    }

    boolean wasAdmitted() {
        return admitted;
    }

    @Nullable
    UserId user() {
        return user;
    }

    PeerSet.@Nullable Entry userEntry() {
        return userEntry;
    }

    void bind(UserId bound, PeerSet.Entry entry) {
        user = bound;
        userEntry = entry;
    }

    /** Back to what it was before, which may be nobody. */
    void rebind(@Nullable UserId before, PeerSet.@Nullable Entry entry) {
        user = before;
        userEntry = entry;
    }

    @Nullable
    Sender sender() {
        return sender;
    }

    void speaksAs(Sender named) {
        if (!named.equals(sender)) {
            sender = named.user().equals(user) && user != null ? named.by(user) : named;
        }
    }

    boolean isIn(GroupId group) {
        return groups.containsKey(group);
    }

    Map<GroupId, Joined> groups() {
        return groups;
    }

    void join(GroupId group, Joined joined) {
        // Most connections are in one group, and most of those are idle: a map of one costs a fifth.
        if (groups.isEmpty()) {
            groups = Map.of(group, joined);
            return;
        }
        if (!(groups instanceof HashMap)) {
            groups = new HashMap<>(groups);
        }
        groups.put(group, joined);
    }

    @Nullable
    Joined leave(GroupId group) {
        Joined joined = groups.get(group);
        if (joined == null) {
            return null;
        }
        if (groups.size() == 1) {
            groups = Map.of();
        } else {
            groups.remove(group);
        }
        return joined;
    }

    void changeAttributes(Map<String, String> changes) {
        Map<String, String> changed = new HashMap<>(attributes);
        changes.forEach((name, value) -> {
            if (value.isEmpty()) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        });
        attributes = Map.copyOf(changed);
    }

    long nextVersion() {
        return ++version;
    }

    Session session() {
        return new Session(id, node, user, Set.copyOf(groups.keySet()), attributes, openedAt);
    }
}
