package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as it comes by one topic, and the connections of this node that follow it.
 *
 * <p>It knows the last entry that has come (protocol V2). What does not follow that one is a hole or a fork: nobody is given it, and all who were live are told to catch up. Entries
 * come one at a time; its lock is held to change what is known, and never while entries are put into outboxes, but for the few that a connection takes over when it becomes live.
 */
final class Channel {

    private static final Live[] NOBODY = {};
    /** How many entries of a page are remembered that may still be on their way. */
    private static final int MOST_LATE = 32;

    /** What has become of somebody who would be live. */
    enum Turn {
        LIVE,
        READ_AGAIN,
        /** Its membership has ended meanwhile. */
        TAKEN_OUT
    }

    private final ConversationId conversation;
    private final Lives.Delivery delivery;
    private final List<Live> live = new ArrayList<>(2);
    private final Set<Live> others = new HashSet<>(2);
    private Live @Nullable [] snapshot = NOBODY;
    /** The last entry that has come while anybody was live, else null. */
    private @Nullable Position base;
    /** What a page brought that may come by the topic too, behind the page: until the topic has come as far as the baseline. */
    private List<EntryRef> late = List.of();

    Channel(ConversationId conversation, Lives.Delivery delivery) {
        this.conversation = conversation;
        this.delivery = delivery;
    }

    ConversationId conversation() {
        return conversation;
    }

    /** An entry has come: goes to all who are live; the others may learn that there is something new. */
    void accept(Message message) {
        Live[] recipients;
        List<Live> told = List.of();
        synchronized (this) {
            Position last = base;
            if (last != null && !follows(last, message)) {
                if (isOld(last, message)) {
                    return;
                }
                detachAll();
            } else if (last != null) {
                base = message.position();
                late = List.of();
            }
            if (!others.isEmpty()) {
                told = new ArrayList<>();
                for (Live other : others) {
                    if (other.state == Live.State.CATCHING_UP) {
                        other.gather(message);
                    } else {
                        told.add(other);
                    }
                }
            }
            recipients = snapshot();
        }
        if (recipients.length > 0) {
            delivery.deliver(message, recipients);
        }
        for (Live other : told) {
            other.dialogue.changed(conversation, message.position());
        }
    }

    /** Follows the conversation; detached so far. */
    synchronized Live add(Dialogue dialogue) {
        Live added = new Live(dialogue, this);
        others.add(added);
        return added;
    }

    synchronized void remove(Live gone) {
        detach(gone);
        others.remove(gone);
    }

    /** From now on what comes is kept for it, until it has read. */
    synchronized void beginCatchingUp(Live reader) {
        detach(reader);
        reader.state = Live.State.CATCHING_UP;
        reader.beginGathering();
    }

    synchronized void giveUpCatchingUp(Live reader) {
        if (reader.state == Live.State.CATCHING_UP) {
            detach(reader);
        }
    }

    /**
     * Becomes live behind what it has read, if that and what has come meanwhile fit together; then it has been sent both.
     *
     * @param page what it has read, as a frame
     * @param entries those of the page
     * @param end the last of them, or what it had before
     */
    synchronized Turn goLive(Live reader, OutboundFrame page, List<Message> entries, Position end) {
        if (reader.state != Live.State.CATCHING_UP) {
            return Turn.TAKEN_OUT;
        }
        Iterable<Message> gathered = reader.gathered();
        List<Message> behind = gathered == null ? null : behind(entries, end, gathered);
        if (behind == null) {
            reader.beginGathering();
            return Turn.READ_AGAIN;
        }
        Position at = behind.isEmpty() ? end : behind.get(behind.size() - 1).position();
        Position last = base;
        if (last != null && isFork(last, at)) {
            for (Live one : snapshot()) {
                one.dialogue.changed(conversation, at);
            }
            detachAll();
            last = null;
        } else if (last != null && last.seq() > at.seq()) {
            reader.beginGathering();
            return Turn.READ_AGAIN;
        }
        if (last == null) {
            base = at;
            late = behind.isEmpty() ? refs(entries) : List.of();
        }
        reader.dialogue.link().send(page);
        for (Message message : behind) {
            reader.dialogue.link().send(delivery.frame(message, reader));
        }
        reader.from = at.seq();
        reader.endGathering();
        reader.state = Live.State.LIVE;
        others.remove(reader);
        reader.place = live.size();
        live.add(reader);
        snapshot = null;
        reader.dialogue.isLive(conversation);
        return Turn.LIVE;
    }

    private static boolean isFork(Position one, Position other) {
        return !one.epoch().equals(other.epoch())
                || (one.seq() == other.seq() && !one.mid().equals(other.mid()));
    }

    /** The connections of a user are not given what comes from now on. */
    synchronized List<Live> detach(UserId user) {
        List<Live> all = new ArrayList<>(live);
        all.addAll(others);
        all.removeIf(one -> !one.dialogue.link().user().equals(user));
        all.forEach(this::detach);
        return all;
    }

    synchronized boolean has(Dialogue dialogue) {
        return live.stream().anyMatch(one -> one.dialogue == dialogue)
                || others.stream().anyMatch(one -> one.dialogue == dialogue);
    }

    synchronized boolean isEmpty() {
        return live.isEmpty() && others.isEmpty();
    }

    synchronized Live[] snapshot() {
        Live[] present = snapshot;
        if (present == null) {
            present = live.toArray(NOBODY);
            snapshot = present;
        }
        return present;
    }

    private void detachAll() {
        for (Live one : live) {
            one.state = Live.State.DETACHED;
            one.place = -1;
            others.add(one);
        }
        live.clear();
        snapshot = NOBODY;
        base = null;
        late = List.of();
    }

    private void detach(Live one) {
        if (one.state == Live.State.LIVE) {
            Live last = live.remove(live.size() - 1);
            if (last != one) {
                live.set(one.place, last);
                last.place = one.place;
            }
            one.place = -1;
            others.add(one);
            snapshot = null;
            if (live.isEmpty()) {
                base = null;
                late = List.of();
            }
        }
        one.state = Live.State.DETACHED;
        one.endGathering();
    }

    private static List<EntryRef> refs(List<Message> entries) {
        return entries.stream()
                .skip(Math.max(0, entries.size() - MOST_LATE))
                .map(Message::ref)
                .toList();
    }

    /** Those of the entries that come behind a page, or null where one is missing or the page has another one at its place. */
    private static @Nullable List<Message> behind(List<Message> page, Position end, Iterable<Message> gathered) {
        List<Message> behind = new ArrayList<>();
        Position at = end;
        for (Message message : gathered) {
            if (message.position().epoch().equals(at.epoch())
                    && message.position().seq() <= at.seq()) {
                if (isFork(end, message.position())
                        || page.stream().anyMatch(entry -> isFork(entry.position(), message.position()))) {
                    return null;
                }
                continue;
            }
            if (!follows(at, message)) {
                return null;
            }
            behind.add(message);
            at = message.position();
        }
        return behind;
    }

    private static boolean follows(Position last, Message message) {
        Position next = message.position();
        return last.epoch().isEmpty()
                ? next.seq() == 1 && message.prev().isEmpty()
                : next.epoch().equals(last.epoch())
                        && next.seq() == last.seq() + 1
                        && message.prev().equals(last.mid());
    }

    /** Whether it has come before, or with a page. Another entry at a place that was taken is of a log that has lost its tail, however far below the last one it is. */
    private boolean isOld(Position last, Message message) {
        Position next = message.position();
        return next.equals(last)
                || (next.epoch().equals(last.epoch()) && next.seq() < last.seq() && late.contains(message.ref()));
    }
}
