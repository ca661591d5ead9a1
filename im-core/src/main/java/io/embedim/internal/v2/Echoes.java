package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Broker;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what has no place in a log to who is there: watermarks and typing (protocol W3). To others at most once a second for each user, conversation and kind, the last one never left
 * out; not in large groups. Safe for use by any thread.
 */
public final class Echoes {

    private static final Logger LOG = LoggerFactory.getLogger(Echoes.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Kinds, users and conversations that are paused at a time; what is beyond is not told to others. */
    private static final int MOST_PAUSED = 100_000;

    private final Broker broker;
    private final Lives lives;
    private final Function<UserId, Iterable<Dialogue>> dialogues;
    private final int largest;
    private final ImRuntime runtime;
    private final Host host;
    private final Map<Key, String> paused = new HashMap<>(); // Guarded by itself; an empty text where nothing waits.

    private record Key(UserId user, ConversationId conversation, String kind) {}

    Echoes(V2Config config, Lives lives, Function<UserId, Iterable<Dialogue>> dialogues, Host host) {
        this.broker = config.broker();
        this.lives = lives;
        this.dialogues = dialogues;
        this.largest = config.limits().leavesAnnouncedUpTo();
        this.runtime = config.runtime();
        this.host = host;
    }

    /** To the user's other connections, on whatever node. */
    void toDevices(Link link, ConversationId conversation, String frame) {
        send(new Signal.Note(Topic.of(link.user()), conversation, link.user(), link.id(), true, frame));
    }

    /** To the others in a conversation, not too often. */
    void toOthers(Link link, ConversationId conversation, String kind, String frame) {
        Key key = new Key(link.user(), conversation, kind);
        synchronized (paused) {
            if (paused.containsKey(key)) {
                paused.put(key, frame);
                return;
            } else if (paused.size() >= MOST_PAUSED) {
                return;
            }
            paused.put(key, "");
        }
        pause(key);
        sendToOthers(key, frame);
    }

    private void pause(Key key) {
        runtime.schedule(() -> runtime.executor().execute(() -> goOn(key)), PAUSE);
    }

    private void goOn(Key key) {
        String next;
        synchronized (paused) {
            next = paused.remove(key);
            if (next != null && !next.isEmpty()) {
                paused.put(key, "");
            }
        }
        if (next != null && !next.isEmpty()) {
            pause(key);
            sendToOthers(key, next);
        }
    }

    private void sendToOthers(Key key, String frame) {
        UserId other = Lives.other(key.user(), key.conversation());
        if (other != null && other.equals(key.user())) {
            return;
        }
        Topic topic = other != null ? Topic.of(other) : Topic.of(((ConversationId.Group) key.conversation()).group());
        send(new Signal.Note(topic, key.conversation(), key.user(), null, false, frame));
    }

    private void send(Signal.Note note) {
        host.ask(
                Backend.BROKER,
                () -> broker.signal(note),
                sent -> null,
                failure -> LOG.debug(
                        "event=note_not_sent topic={} cause={}", LogText.line(note.topic()), LogText.line(failure)));
    }

    /** A note has come by its topic. */
    public void accept(Topic topic, Signal.Note note) {
        OutboundFrame frame = OutboundFrame.droppable(note.frame());
        if (topic instanceof Topic.OfUser own) {
            for (Dialogue dialogue : dialogues.apply(own.user())) {
                tell(dialogue.link(), note, frame);
            }
            return;
        }
        Live[] live = lives.in(topic, note.conversation());
        if (live.length <= largest) {
            for (Live one : live) {
                tell(one.link(), note, frame);
            }
        }
    }

    private static void tell(Link link, Signal.Note note, OutboundFrame frame) {
        boolean own = link.user().equals(note.user());
        if (own == note.toDevices() && !Objects.equals(link.id(), note.origin())) {
            link.send(frame);
        }
    }
}
