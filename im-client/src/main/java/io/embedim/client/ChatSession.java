package io.embedim.client;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One user's chat on one device, as the dialect {@code im.v2} has it, without socket, thread or clock of its own: it is driven.
 *
 * <p><b>Lifecycle.</b> {@link #start()}, then whatever happens: {@link #opened}, {@link #received}, {@link #closed}, {@link #tick} and what the user does. After each of these the driver
 * carries out all of {@link #nextEffect()}, hands all of {@link #nextEvent()} to the user, and sees that {@link #tick()} is called at {@link #wakeAt()}. The session opens new connections by
 * itself, until {@link ChatEvent.Ended}.
 *
 * <p><b>Threads.</b> One thread at a time.
 *
 * <p><b>Ordering.</b> What is said in one conversation goes out one after the other, each when the one before it has been answered (S6). Events come in the order of what happened.
 *
 * <p><b>Promise.</b> What is acknowledged stands in the log. Each message is shown once, in the log's order; what was lost is told as {@link ChatEvent.Reset} or
 * {@link ChatEvent.Trimmed}. What the user does while there is no connection waits for the next one; it waits in this object, not in the {@link ClientStore}.
 *
 * <p><b>Failure.</b> What the server sends cannot make a method throw; a broken {@link ClientStore} can.
 *
 * <p>Source: docs/protocol-v2.md, whose rules are named in this package.
 */
public final class ChatSession {

    private static final int NORMAL = 1000;
    private static final int PROTOCOL_FAULT = 1007;

    private final Desk desk;
    private final Link link;
    private final Outbox outbox;
    private final Acks acks;
    private final Syncs syncs;
    private final Marks marks;
    private final Requests requests;
    private final Incoming incoming;
    private final Throttle typing;

    /**
     * A session that has not begun.
     *
     * @param user the user's id, as the server will say it in its hello
     * @param options how it behaves
     * @param store what the device has of the user's conversations
     * @param random where ids and pauses come from; its output must not be guessable
     * @param clock milliseconds since some moment, never going back
     */
    public ChatSession(
            String user, SessionOptions options, ClientStore store, RandomGenerator random, LongSupplier clock) {
        desk = new Desk(user, options, store, random, clock);
        link = new Link(desk);
        acks = new Acks(desk);
        outbox = new Outbox(desk, acks);
        Timeline timeline = new Timeline(desk);
        marks = new Marks(desk);
        syncs = new Syncs(desk, new Pages(desk, timeline, acks, marks));
        requests = new Requests(desk);
        typing = new Throttle(desk);
        incoming = new Incoming(desk, link, timeline, outbox, syncs, marks, requests);
    }

    /** Wants the first connection. A second call does nothing. */
    public void start() {
        link.start();
    }

    /** The connection that was wanted is open. */
    public void opened() {
        if (link.opened()) {
            incoming.opened();
        }
    }

    /**
     * A text message has come.
     *
     * @param text the whole message
     */
    public void received(String text) {
        if (!link.isOpen()) {
            return;
        }
        link.heard();
        List<Fields> frames;
        try {
            frames = Json.objects(text);
        } catch (IllegalArgumentException e) {
            desk.tell(new ChatEvent.Fault(0, String.valueOf(e.getMessage()), null));
            desk.want(new Effect.Close(PROTOCOL_FAULT));
            closed(PROTOCOL_FAULT, "");
            return;
        }
        for (Fields frame : frames) {
            if (!incoming.take(frame)) {
                disconnected();
                return;
            }
        }
        pump();
    }

    /**
     * The connection is gone, or could not be opened.
     *
     * @param code the close code, 1006 where there was no close frame
     * @param reason the close frame's text, which may say when to come back
     */
    public void closed(int code, String reason) {
        if (link.closed(code, reason)) {
            disconnected();
        }
    }

    /** Does what is due by now. May be called at any time. */
    public void tick() {
        if (link.tick() || (syncs.isStuck() && link.giveUp())) {
            disconnected();
        }
        incoming.tick();
        pump();
    }

    /** Ends the session: closes the connection and wants no other. What was not answered stays unknown. */
    public void end() {
        if (!link.isEnded()) {
            desk.want(new Effect.Close(NORMAL));
            link.ended(NORMAL);
            disconnected();
        }
    }

    /**
     * What the driver has to do next.
     *
     * @return an effect, or null where there is none
     */
    public @Nullable Effect nextEffect() {
        return desk.nextEffect();
    }

    /**
     * What the user has to know next.
     *
     * @return an event, or null where there is none
     */
    public @Nullable ChatEvent nextEvent() {
        return desk.nextEvent();
    }

    /**
     * When {@link #tick()} has something to do.
     *
     * @return milliseconds by the session's clock, or {@link Long#MAX_VALUE} for not before something else happens
     */
    public long wakeAt() {
        long wake = Math.min(Math.min(link.wakeAt(), outbox.wakeAt()), Math.min(syncs.wakeAt(), marks.wakeAt()));
        return Math.min(wake, Math.min(requests.wakeAt(), incoming.wakeAt()));
    }

    /**
     * How much of what the user did waits for an answer.
     *
     * @return actions
     */
    public int unanswered() {
        return outbox.size();
    }

    /**
     * Whether a conversation is up to date on the present connection.
     *
     * @param conv its name
     * @return true between {@link ChatEvent.Live} and whatever ends that
     */
    public boolean isLive(String conv) {
        return syncs.isLive(conv);
    }

    /**
     * Proves who the user is in the first frame of each connection, and again before that proof has expired.
     *
     * @param ticket gives a ticket that is valid now
     */
    public void proveWith(java.util.function.Supplier<String> ticket) {
        incoming.proveWith(ticket);
    }

    /**
     * Says something.
     *
     * @param to where
     * @param content what
     * @return the action's id, as {@link ChatEvent.Acked}, {@link ChatEvent.Nacked} and {@link ChatEvent.ResendOffered} name it
     */
    public String speak(Address to, Content content) {
        return act(Frame.of("speak").to(to), to.asMeantBy(desk.user), content);
    }

    /**
     * Puts other words in the place of something the user said.
     *
     * @param message what was said, as it was shown last
     * @param content all of the new words
     * @return the action's id
     */
    public String edit(Entry message, Content content) {
        return act(change("edit", message), message.conv(), content);
    }

    /**
     * Takes back what was said.
     *
     * @param message what was said, as it was shown last
     * @return the action's id
     */
    public String recall(Entry message) {
        return act(change("recall", message), message.conv(), Content.NONE);
    }

    /**
     * Says again what was offered for that, under the same id.
     *
     * @param id the offer's id
     * @return false where there is no such offer
     */
    public boolean resend(String id) {
        Pending pending = acks.take(id);
        if (pending != null) {
            outbox.add(pending);
            pump();
        }
        return pending != null;
    }

    /**
     * Becomes a member of a group, where that is granted, and syncs it.
     *
     * @param group the group's id
     * @return the request's id; its success is told by {@link ChatEvent.Live}, its end by {@link ChatEvent.Nacked}, with code 0 where the user leaves before the answer has come
     */
    public String join(String group) {
        String id = desk.nextRequest();
        requests.dropLeave(Address.group(group));
        syncs.join(id, Address.group(group));
        pump();
        return id;
    }

    /**
     * Ends the membership in a group. Told by {@link ChatEvent.Left}; by {@link ChatEvent.Nacked} with code 0 where the user joins again before the answer has come.
     *
     * @param group the group's id
     * @return the request's id
     */
    public String leave(String group) {
        syncs.dropJoin(Address.group(group));
        String id = requests.leave(Address.group(group));
        pump();
        return id;
    }

    /**
     * Syncs a conversation that the session may not know yet. Those that it knows it syncs by itself.
     *
     * @param where which one
     */
    public void sync(Address where) {
        syncs.want(where.asMeantBy(desk.user));
        pump();
    }

    /**
     * Moves a watermark to the end of what is stored of a conversation.
     *
     * @param watermark which one; reading means receiving too
     * @param conv the conversation
     */
    public void mark(Watermark watermark, String conv) {
        Position position = desk.store.position(conv);
        if (position.seq() > 0) {
            marks.set(watermark, conv, position);
            pump();
        }
    }

    /**
     * Tells the others that the user types; at most every three seconds, and only while there is a connection.
     *
     * @param conv where
     */
    public void typing(String conv) {
        if (typing.allows(conv)) {
            desk.send(Frame.of("typing").put("conv", conv).json());
        }
    }

    /**
     * Asks for older entries. Answered by {@link ChatEvent.Older}.
     *
     * @param before the oldest entry that is there
     * @param limit how many, 1 to 100
     * @return the request's id
     */
    public String older(Entry before, int limit) {
        return ask(Frame.of("history")
                .put("conv", before.conv())
                .put("epoch", before.position().epoch())
                .put("before", before.position().seq())
                .put("limit", limit));
    }

    /**
     * Asks who is online. Answered by {@link ChatEvent.PresenceTold}.
     *
     * @param users at most 100 ids
     * @return the request's id
     */
    public String presence(List<String> users) {
        return ask(Frame.of("presence").put("users", users));
    }

    /**
     * Asks who belongs to a group. Answered by {@link ChatEvent.MembersTold}.
     *
     * @param group the group's id
     * @param cursor where to go on, empty at first
     * @return the request's id
     */
    public String members(String group, String cursor) {
        return ask(Frame.of("members").to(Address.group(group)).put("cursor", cursor));
    }

    private String act(Frame frame, String conv, Content content) {
        String id = desk.newId();
        frame.put("id", id);
        if (!content.equals(Content.NONE)) {
            content.write(frame);
        }
        outbox.add(new Pending(id, conv, content, frame.json()));
        pump();
        return id;
    }

    private static Frame change(String event, Entry message) {
        return Frame.of(event)
                .put("conv", message.conv())
                .put("target", message.ref())
                .put("base_rev", message.revision());
    }

    private String ask(Frame frame) {
        String id = requests.add(frame);
        pump();
        return id;
    }

    private void disconnected() {
        desk.disconnected();
        incoming.disconnected();
        outbox.disconnected();
        syncs.disconnected();
        marks.disconnected();
        requests.disconnected();
    }

    private void pump() {
        syncs.pump();
        requests.pump();
        outbox.pump();
        marks.pump();
    }
}
