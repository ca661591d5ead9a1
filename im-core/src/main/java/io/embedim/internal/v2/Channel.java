package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as it comes by one topic, and the connections of this node that follow it.
 *
 * <p>It knows the last entry that has come (protocol V2). What does not follow that one is a hole or a fork: nobody is given it, and all who were live are told to catch up. Entries
 * come one at a time; its lock is held to change what is known, and never while entries are put into outboxes, but for the few that a connection takes over when it becomes live.
 *
 * <p>In a large group who comes and goes is told by counts, by its {@link Throng}.
 */
final class Channel {

    private static final Live[] NOBODY = {};
    /** How many entries of a page are remembered that may still be on their way. */
    private static final int MOST_LATE = 32;
    /** How long those who come to a large group wait, to be told together. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What has become of somebody who would be live. */
    enum Turn {
        LIVE,
        READ_AGAIN,
        /** Its membership has ended meanwhile. */
        TAKEN_OUT
    }

    private final ConversationId conversation;
    private final Lives.Delivery delivery;
    private final Lives.Crowds crowds;
    private final List<Live> live = new ArrayList<>(2);
    private final Set<Live> others = new HashSet<>(2);
    private Live @Nullable [] snapshot = NOBODY;
    /** The last entry that has come while anybody was live, else null. */
    private @Nullable Position base;
    /** What a page brought that may come by the topic too, behind the page: until the topic has come as far as the baseline. */
    private List<EntryRef> late = List.of();

    /** There while anybody catches up. */
    private @Nullable Recent recent;
    /** There while many come and go. */
    private @Nullable Throng throng;

    Channel(ConversationId conversation, Lives.Delivery delivery, Lives.Crowds crowds) {
        this.conversation = conversation;
        this.delivery = delivery;
        this.crowds = crowds;
    }

    ConversationId conversation() {
        return conversation;
    }

    /** An entry has come: goes to all who are live; the others may learn that there is something new. */
    void accept(Message message) {
        Live[] recipients;
        List<Live> told = List.of();
        Throng inTurn;
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
                told = gathers(message);
            }
            inTurn = inTurn(message);
            recipients = inTurn == null ? snapshot() : NOBODY;
        }
        if (inTurn != null) {
            inTurn.tell();
        } else if (recipients.length > 0) {
            delivery.deliver(message, recipients);
        }
        for (Live other : told) {
            other.dialogue.changed(conversation, message.position());
        }
    }

    /** The log is another one by now: who is live looks what is there, and who reads begins again. */
    synchronized void replaced(Position top) {
        if (top.equals(base)) {
            return;
        }
        for (Live one : snapshot()) {
            one.dialogue.changed(conversation, top);
        }
        detachAll();
        List.copyOf(others).forEach(this::detach);
    }

    /** Keeps it for who catches up; answers who does not, and may be told that there is something. */
    private List<Live> gathers(Message message) {
        if (recent != null) {
            recent.add(message);
            if (recent.readers() == others.size()) {
                return List.of();
            }
        }
        return others.stream()
                .filter(other -> other.state != Live.State.CATCHING_UP)
                .toList();
    }

    /** What tells those who are live of it, or null where nobody waits and it is simply delivered. */
    private @Nullable Throng inTurn(Message message) {
        Throng present = throng;
        boolean counts = live.size() > crowds.largest() && Tally.counts(message);
        if (present != null && counts) {
            present.hold(message, this::snapshot, this::of);
        } else if (present != null) {
            present.say(message, snapshot());
        } else if (counts) {
            present = new Throng(delivery);
            present.say(message, snapshot());
            throng = present;
            pause();
        }
        return present;
    }

    private Live[] of(UserId user) {
        return live.stream()
                .filter(one -> one.dialogue.link().user().equals(user))
                .toArray(Live[]::new);
    }

    private void pause() {
        ImRuntime runtime = crowds.runtime();
        runtime.schedule(() -> runtime.executor().execute(this::endPause), PAUSE);
    }

    /** Another one follows, unless nobody has come or gone in this one. */
    private void endPause() {
        Throng present;
        synchronized (this) {
            present = throng;
            if (present == null || !present.endPause(this::snapshot)) {
                throng = null;
                return;
            }
            pause();
        }
        present.tell();
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
        if (recent == null) {
            recent = new Recent();
        }
        reader.gathersFrom = recent.begin();
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
        Recent since = Objects.requireNonNull(recent); // It is there while anybody catches up.
        List<Message> gathered = since.from(reader.gathersFrom);
        List<Message> behind = gathered == null ? null : behind(entries, end, gathered);
        if (behind == null) {
            reader.gathersFrom = since.now();
            return Turn.READ_AGAIN;
        }
        Position at = behind.isEmpty() ? end : behind.get(behind.size() - 1).position();
        Position last = base;
        if (last != null && (isFork(last, at) || isLost(last, at, reader))) {
            for (Live one : snapshot()) {
                one.dialogue.changed(conversation, at);
            }
            detachAll();
            last = null;
        } else if (last != null && last.seq() > at.seq()) {
            reader.gathersFrom = since.now();
            reader.behind = last;
            return Turn.READ_AGAIN;
        }
        if (last == null) {
            base = at;
            late = behind.isEmpty() ? refs(entries) : List.of();
        }
        reader.dialogue.link().send(page);
        sendTo(reader, behind);
        reader.from = at.seq();
        reader.behind = null;
        endCatchingUp();
        reader.state = Live.State.LIVE;
        others.remove(reader);
        reader.place = live.size();
        live.add(reader);
        snapshot = null;
        reader.dialogue.isLive(conversation);
        return Turn.LIVE;
    }

    /** In a large group those who came and went meanwhile are told by counts here too. */
    private void sendTo(Live reader, List<Message> behind) {
        if (live.size() > crowds.largest()) {
            Tally.send(behind, reader, delivery);
        } else {
            behind.forEach(message -> reader.dialogue.link().send(delivery.frame(message, reader)));
        }
    }

    private static boolean isFork(Position one, Position other) {
        return !one.epoch().equals(other.epoch())
                || (one.seq() == other.seq() && !one.mid().equals(other.mid()));
    }

    /** Whether the log ends below what has come: what it has read began after that had come, and has not got it. */
    private static boolean isLost(Position last, Position at, Live reader) {
        return last.seq() > at.seq() && last.equals(reader.behind);
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
        forgetAll();
    }

    private void endCatchingUp() {
        if (recent != null && recent.end()) {
            recent = null;
        }
    }

    /** Nobody is live: so there is nothing to follow, and nobody to tell of who came. */
    private void forgetAll() {
        base = null;
        late = List.of();
        if (throng != null) {
            throng.forget();
        }
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
                forgetAll();
            }
        } else if (one.state == Live.State.CATCHING_UP) {
            endCatchingUp();
        }
        one.state = Live.State.DETACHED;
    }

    private static List<EntryRef> refs(List<Message> entries) {
        return entries.stream()
                .skip(Math.max(0, entries.size() - MOST_LATE))
                .map(Message::ref)
                .toList();
    }

    /** Those of the entries that come behind a page, or null where one is missing or the page has another one at its place. */
    private static @Nullable List<Message> behind(List<Message> page, Position end, List<Message> gathered) {
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
