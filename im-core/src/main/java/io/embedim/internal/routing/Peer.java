package io.embedim.internal.routing;

import io.embedim.cluster.NodeId;
import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import io.embedim.security.SlowConsumerPolicy.Answer;
import io.embedim.session.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
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
class Peer implements OutboxOwner {

    private final ConnectionId id;
    private final Instant openedAt;
    private final Replies replies;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final Life life;

    private volatile @Nullable CloseReason end;
    private volatile long lastHeard;
    private volatile @Nullable Identity identity;
    private volatile @Nullable Pending pending;
    private volatile PeerSet.@Nullable Entry<UserId> boundTo;
    private @Nullable Sender sender;
    private PeerSet.@Nullable Entry<GroupId> first; // Most connections are in one group, and need no map.
    private Map<GroupId, Joined> others = Map.of();
    private Map<String, String> attributes = Map.of();
    private long version;
    private volatile boolean admitted;
    private boolean departed;
    private boolean firstIsNumber;

    /** How a connection is in a group. */
    record Joined(PeerSet.Entry<GroupId> entry, boolean groupIsNumber) {

        GroupId group() {
            return entry.key();
        }
    }

    /** A client that still has to prove who it is. */
    record Pending(long since, Handshake handshake) {}

    /** Where a peer lives, and what happens to it in the end; one for all peers. */
    interface Life {

        NodeId node();

        /** It is being closed when what waits is written, which may take for ever. */
        void closing(Peer peer);

        void ended(Peer peer);

        /** See {@link OutboxOwner#behind}. */
        void behind(Peer peer, Backlog backlog, boolean begins, boolean ends);
    }

    Peer(
            ConnectionId id,
            Instant openedAt,
            Replies replies,
            Mailbox mailbox,
            Function<OutboxOwner, Outbox> outbox,
            Life life) {
        this.id = id;
        this.openedAt = openedAt;
        this.replies = replies;
        this.mailbox = mailbox;
        this.life = life;
        this.outbox = outbox.apply(this);
    }

    ConnectionId id() {
        return id;
    }

    Instant openedAt() {
        return openedAt;
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

    /** Tells the client in its dialect why something is not done. Any thread. */
    void refuse(ErrorCode code, ProtocolText text, @Nullable String request) {
        send(replies.error(code, text, request));
    }

    /** Tells the client in its dialect that it sends too much. Any thread. */
    void refuseAsTooFast(long nanos) {
        send(replies.tooFast(nanos));
    }

    /** Tells the client in its dialect that its proof is taken. */
    void confirm(UserId proven, @Nullable Long seconds) {
        send(Replies.authenticated(proven, seconds));
    }

    /** Is out of a group, and of what it follows there. For tasks of the mailbox. */
    void outOf(GroupId group) {}

    /** Sends a frame. Any thread. */
    SendResult send(OutboundFrame frame) {
        return outbox.offer(frame);
    }

    /** The same for one of many recipients; the caller wakes the lanes. */
    SendResult send(OutboundFrame frame, Wakes wakes) {
        return outbox.offer(frame, wakes);
    }

    /** The same for the only recipient, by a thread that holds no lock and may write. */
    SendResult sendAndWrite(OutboundFrame frame) {
        return outbox.offerAndWrite(frame);
    }

    /** Runs a task in its turn, unless the session has ended. Any thread. */
    boolean post(Supplier<@Nullable CompletionStage<?>> task) {
        return mailbox.post(task);
    }

    /** Ends the session; the pipe is closed when what waits has been written. Any thread; the first reason stands. False where it had ended before. */
    boolean endWhenDrained(CloseReason reason) {
        boolean first = end(reason);
        if (first) {
            outbox.closeWhenDrained(reason);
            life.closing(this);
            life.ended(this);
        }
        return first;
    }

    /** Ends the session and closes the pipe at once. Any thread; the first reason stands. False where it had ended before. */
    boolean endNow(CloseReason reason) {
        boolean first = end(reason);
        outbox.closeNow(reason);
        if (first) {
            life.ended(this);
        }
        return first;
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

    @Override
    public void behind(Backlog backlog, boolean begins, boolean ends) {
        life.behind(this, backlog, begins, ends);
    }

    /** What the application has decided about a client that does not keep up. Any thread. */
    void decided(Answer answer) {
        if (outbox.decided(answer)) {
            endNow(CloseReason.SLOW_CONSUMER);
        }
    }

    private synchronized boolean end(CloseReason reason) {
        if (end != null) {
            return false;
        }
        end = reason;
        return true;
    }

    /** Whether its client was let in. Any thread. */
    boolean wasAdmitted() {
        return admitted;
    }

    /** Its session has ended, in the store too. Any thread. */
    boolean isGone() {
        return mailbox.isClosed();
    }

    // From here on: for tasks of the mailbox.

    /** Its end has come; what waits in the mailbox still runs, and sees this. */
    void depart() {
        departed = true;
    }

    boolean hasDeparted() {
        return departed;
    }

    /** Takes no further tasks. */
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

    /** The application has been told of it, and not yet of its end. */
    boolean isKnown() {
        return admitted && !departed;
    }

    @Nullable
    UserId user() {
        PeerSet.Entry<UserId> entry = boundTo; // Once, because any thread may ask.
        return entry == null ? null : entry.key();
    }

    /** Any thread may look. */
    PeerSet.@Nullable Entry<UserId> boundTo() {
        return boundTo;
    }

    /** To a user, or back to nobody. */
    void bind(PeerSet.@Nullable Entry<UserId> entry) {
        boundTo = entry;
    }

    @Nullable
    Sender sender() {
        return sender;
    }

    void speaksAs(Sender named) {
        if (!named.equals(sender)) {
            UserId user = user();
            sender = user != null && user.equals(named.user()) ? named.by(user) : named;
        }
    }

    boolean isIn(GroupId group) {
        return (first != null && first.key().equals(group)) || others.containsKey(group);
    }

    Set<GroupId> groups() {
        if (first == null || others.isEmpty()) {
            return first == null ? others.keySet() : Set.of(first.key());
        }
        Set<GroupId> all = new HashSet<>(others.keySet());
        all.add(first.key());
        return all;
    }

    int groupCount() {
        return others.size() + (first == null ? 0 : 1);
    }

    void join(Joined joined) {
        if (first == null) {
            first = joined.entry();
            firstIsNumber = joined.groupIsNumber();
            return;
        }
        if (others.isEmpty()) {
            others = new HashMap<>();
        }
        others.put(joined.group(), joined);
    }

    @Nullable
    Joined leave(GroupId group) {
        PeerSet.Entry<GroupId> left = first;
        if (left != null && left.key().equals(group)) {
            first = null;
            return new Joined(left, firstIsNumber);
        }
        return others.isEmpty() ? null : others.remove(group);
    }

    /** Sets attributes, where an empty value removes one; answers what they were. */
    Map<String, String> setAttributes(Map<String, String> values, boolean replace) {
        Map<String, String> before = attributes;
        Map<String, String> changed = new HashMap<>(replace ? Map.of() : before);
        values.forEach((name, value) -> {
            if (value.isEmpty()) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        });
        attributes = Map.copyOf(changed);
        return before;
    }

    /** Any thread; another one's may be those from before a change. */
    Map<String, String> attributes() {
        return attributes;
    }

    void restoreAttributes(Map<String, String> before) {
        attributes = before;
    }

    long nextVersion() {
        return ++version;
    }

    Session session() {
        return new Session(id, life.node(), user(), groups(), attributes, openedAt);
    }
}
