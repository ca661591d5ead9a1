package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogReplaced;
import io.embedim.conversation.Message;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.conversation.TopicListener;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.internal.v2.ClassicForm;
import io.embedim.internal.v2.Dialect;
import io.embedim.internal.v2.Frames;
import io.embedim.model.UserId;
import io.embedim.monitor.Latencies;
import io.embedim.protocol.ServerFrame;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * From a topic's event to the outboxes of the local connections: encoded once, put in once each. Keeps the topic's order, because the broker brings one event at a time.
 */
final class Router implements TopicListener {

    /** Recipients that are put in before the lanes are told. */
    private static final int CHUNK = 256;

    private final LocalIndex index;
    private final List<Lane> lanes;
    private final Leaves leaves;
    private final Outbounds outbounds;
    private final ImRuntime runtime;
    private final Counters counters;
    /** Null where nobody speaks it; set before anything comes. */
    private @Nullable Dialect dialect;

    private final ConcurrentMap<ConversationId, CompletionStage<Void>> behind = new ConcurrentHashMap<>();

    Router(
            LocalIndex index,
            List<Lane> lanes,
            int leavesAnnouncedUpTo,
            Outbounds outbounds,
            ImRuntime runtime,
            Counters counters) {
        this.index = index;
        this.lanes = lanes;
        this.outbounds = outbounds;
        this.runtime = runtime;
        this.counters = counters;
        this.leaves = new Leaves(index, leavesAnnouncedUpTo, runtime, Router::send);
    }

    /**
     * Where the lanes have much to write to who hears this conversation, a stage that completes when they have got there; else null. Who speaks in it waits for that, so that a server
     * with more to do than time slows down who sends, and does not close who listens. A client that reads slowly holds up nobody: what waits for it does not wait for a lane.
     */
    @Nullable
    CompletionStage<Void> behind(ConversationId conversation) {
        return behind.isEmpty() ? null : behind.get(conversation);
    }

    /** Before the broker brings anything. */
    void speaks(@Nullable Dialect other) {
        dialect = other;
    }

    @Override
    public void onEvent(Topic topic, TopicEvent event) {
        if (event instanceof Message message) {
            route(topic, message);
            if (dialect != null) {
                dialect.accept(topic, message);
            }
        } else if (event instanceof LogReplaced replaced) {
            if (dialect != null) {
                dialect.accept(topic, replaced);
            }
        } else if (event instanceof Signal.Note note) {
            if (dialect != null) {
                dialect.accept(topic, note);
            }
        } else if (event instanceof Signal.Left left) {
            leaves.left(left);
        }
    }

    private void route(Topic topic, Message message) {
        Draft draft = message.draft();
        // Nothing else reaches a classic client, and who joins a large group costs nobody a look at all of it.
        if (!(draft.action() instanceof Action.Say)) {
            return;
        }
        UserId to = draft.recipient();
        if (draft.conversation() instanceof ConversationId.Group group) {
            route(message, index.inGroup(group.group()));
        } else if (to != null && topic instanceof Topic.OfUser own && own.user().equals(to)) {
            // The sender's topic is for its v2 devices; its classic ones hear nothing back (protocol C2).
            route(message, index.ofUser(to));
        }
    }

    private void route(Message message, Peer[] all) {
        Peer[] recipients = dialect == null ? all : classic(all);
        if (outbounds.isEmpty()) {
            deliver(message, recipients);
        } else {
            outbounds.ask(message, recipients, this::deliver);
        }
    }

    private void deliver(Message message, Peer[] recipients) {
        ClassicForm form = recipients.length == 0 ? null : ClassicForm.of(message);
        if (form != null) {
            UserId to = message.draft().recipient();
            ServerFrame frame = to == null
                    ? new ServerFrame.GroupMessage(form.senderName(), form.content(), form.json())
                    : new ServerFrame.PrivateMessage(form.senderName(), to.value(), form.content(), form.json());
            deliver(message, recipients, ClassicEncoder.encode(frame));
        }
    }

    /** To all of them, who speak {@code im.v2}. */
    void deliverV2(Message message, Peer[] recipients) {
        if (outbounds.isEmpty()) {
            deliver(message, recipients, Frames.entry(message));
        } else {
            outbounds.askHiding(message, recipients, (seen, peers) -> deliver(seen, peers, Frames.entry(seen)));
        }
    }

    /** What a client of {@code im.v2} gets of a message when it reads it. */
    Message seenBy(Peer peer, Message message) {
        return outbounds.isEmpty() ? message : outbounds.seenBy(peer, message);
    }

    private void deliver(Message message, Peer[] recipients, OutboundFrame encoded) {
        if (recipients.length > 0) {
            hold(message.draft().conversation(), put(message, recipients, encoded));
        }
    }

    /** Those who speak the classic dialect. */
    private static Peer[] classic(Peer[] all) {
        int others = 0;
        for (Peer peer : all) {
            others += peer instanceof V2Peer ? 1 : 0;
        }
        if (others == 0) {
            return all;
        }
        Peer[] classic = new Peer[all.length - others];
        int count = 0;
        for (Peer peer : all) {
            if (!(peer instanceof V2Peer)) {
                classic[count++] = peer;
            }
        }
        return classic;
    }

    /** Answers one of those that the lanes are behind with, if any. */
    private @Nullable Outbox put(Message message, Peer[] recipients, OutboundFrame encoded) {
        Latencies latencies = counters.latencies();
        int timed = latencies == null ? -1 : (int) (message.position().seq() % recipients.length);
        int queued = 0;
        Outbox pressed = null;
        Wakes wakes = recipients.length == 1 ? null : new Wakes(lanes, recipients.length);
        try {
            for (int i = 0; i < recipients.length; i++) {
                Peer recipient = recipients[i];
                OutboundFrame frameOfThis = i == timed ? timed(encoded, message, latencies) : encoded;
                SendResult result =
                        wakes == null ? recipient.sendAndWrite(frameOfThis) : recipient.send(frameOfThis, wakes);
                queued += result == SendResult.QUEUED ? 1 : 0;
                if (recipient.outbox().isPressed()) {
                    pressed = recipient.outbox();
                }
                if (wakes != null && (i + 1) % CHUNK == 0) {
                    wakes.go();
                }
            }
        } finally {
            if (wakes != null) {
                wakes.go();
            }
        }
        counters.deliveries.add(queued);
        return pressed;
    }

    private OutboundFrame timed(OutboundFrame frame, Message message, @Nullable Latencies latencies) {
        if (latencies == null) {
            return frame;
        }
        Instant published = message.at();
        return frame.written(() -> latencies.delivered(
                Math.max(0, Duration.between(published, runtime.now()).toNanos())));
    }

    private static void send(Peer[] recipients, ServerFrame frame) {
        if (recipients.length == 0) {
            return;
        }
        OutboundFrame encoded = ClassicEncoder.encode(frame);
        for (Peer recipient : classic(recipients)) {
            recipient.send(encoded);
        }
    }

    private void hold(ConversationId conversation, @Nullable Outbox pressed) {
        CompletionStage<Void> turn = pressed == null ? null : pressed.turn();
        if (turn != null) {
            behind.put(conversation, turn);
            turn.whenComplete((done, failure) -> behind.remove(conversation, turn));
        }
    }
}
