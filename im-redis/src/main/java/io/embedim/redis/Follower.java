package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.LogReplaced;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.model.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one topic of this node has heard, conversation by conversation, and what it has missed: holes are read from the log before anything behind them is delivered (protocol V2). For tasks
 * of the topic's lane.
 */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /** Beyond so many conversations of a topic the one idle longest is followed no more; its next message begins anew. */
    private static final int MOST_FOLLOWED = 1_000;

    private static final int MOST_HELD = 1_000;
    private static final int PAGE = 200;
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** What is older than this is not news any more: it is skipped and counted (protocol C3). */
    private static final Duration YOUNG = Duration.ofMinutes(2);

    private final Topic topic;
    private final List<Topic> audience;
    private final Lanes.Lane lane;
    private final LocalTopics topics;
    private final Repairs repairs;
    private final Map<ConversationId, Track> tracks = new LinkedHashMap<>(4, 0.75f, true);
    private volatile boolean ended;

    Follower(Topic topic, Lanes.Lane lane, LocalTopics topics, Repairs repairs) {
        this.topic = topic;
        this.audience = List.of(topic);
        this.lane = lane;
        this.topics = topics;
        this.repairs = repairs;
    }

    /** How far one conversation has been delivered. */
    private static final class Track {
        private Position at;
        private boolean repairing;
        private boolean active;
        /** Whether this node is not ready before it is repaired. */
        private boolean counted;

        private List<MessageFrame> held = new ArrayList<>();

        Track(Position at) {
            this.at = at;
        }
    }

    /** From here on; nothing below it is missing. */
    void begin(ConversationId conversation, Position at) {
        tracks.putIfAbsent(conversation, new Track(at));
    }

    void end() {
        ended = true;
    }

    void signal(TopicEvent signal) {
        deliver(signal);
    }

    void message(MessageFrame frame) {
        Track track = tracks.get(frame.conversation());
        if (track == null) {
            track = new Track(frame.before());
            tracks.put(frame.conversation(), track);
            forgetIdle();
        }
        take(frame.conversation(), track, frame);
    }

    /** Something of a conversation did not find room; it came behind this place. */
    void missed(ConversationId conversation, Position before) {
        Track track = tracks.computeIfAbsent(conversation, id -> new Track(before));
        repair(conversation, track);
    }

    /** Looks whether the log has more than was heard. */
    void repairAll(boolean onlyActive) {
        // A copy: a repair may end at once.
        for (Map.Entry<ConversationId, Track> each : List.copyOf(tracks.entrySet())) {
            Track track = each.getValue();
            if (!onlyActive || track.active) {
                track.active = false;
                if (!onlyActive && !track.counted) {
                    track.counted = true;
                    repairs.begun();
                }
                repair(each.getKey(), track);
            }
        }
    }

    private void take(ConversationId conversation, Track track, MessageFrame frame) {
        if (track.repairing) {
            if (track.held.size() < MOST_HELD) {
                track.held.add(frame);
            }
            return;
        }
        Position at = track.at;
        Position next = frame.position();
        if (frame.before().equals(at) || (at.seq() == 0 && next.seq() == 1)) {
            track.at = next;
            track.active = true;
            deliver(frame.message());
        } else if (!next.equals(at)) {
            track.held.add(frame);
            repair(conversation, track);
        }
    }

    private void repair(ConversationId conversation, Track track) {
        if (!track.repairing) {
            track.repairing = true;
            read(conversation, track);
        }
    }

    private void read(ConversationId conversation, Track track) {
        CompletionStage<?> ignored = repairs.read(Reading.after(conversation, track.at, PAGE))
                .whenCompleteAsync((slice, failure) -> heard(conversation, track, slice, failure), lane);
    }

    private void heard(ConversationId conversation, Track track, @Nullable Slice slice, @Nullable Throwable failure) {
        if (ended) {
            repaired(track);
        } else if (slice == null) {
            LOG.debug("event=redis_repair_failed topic={}", LogText.line(topic), LogText.line(failure));
            repairs.later(() -> lane.execute(() -> read(conversation, track)), AGAIN);
        } else if (slice.status() == Status.RESET || slice.status() == Status.GONE) {
            repairs.forked();
            LOG.warn(
                    "event=redis_fork topic={} conversation={} at={} top={}",
                    LogText.line(topic),
                    LogText.line(conversation),
                    LogText.line(track.at.seq()),
                    LogText.line(slice.top().seq()));
            goOnElsewhere(conversation, track, slice.top());
        } else {
            deliver(conversation, track, slice);
        }
    }

    /** Clients are told that the log is another one, because maybe nobody says anything more. */
    private void goOnElsewhere(ConversationId conversation, Track track, Position top) {
        deliver(new LogReplaced(conversation, top));
        track.at = track.held.isEmpty() ? top : track.held.get(0).before();
        settle(conversation, track);
    }

    private void deliver(ConversationId conversation, Track track, Slice slice) {
        if (slice.status() == Status.TRIMMED) {
            repairs.gap();
            LOG.warn(
                    "event=redis_gap topic={} conversation={} from={} to={}",
                    LogText.line(topic),
                    LogText.line(conversation),
                    LogText.line(track.at.seq() + 1),
                    LogText.line(slice.floor() - 1));
        }
        deliverYoung(slice);
        List<Message> entries = slice.entries();
        track.at = entries.isEmpty()
                ? slice.top()
                : entries.get(entries.size() - 1).position();
        if (track.at.seq() < slice.top().seq()) {
            read(conversation, track);
        } else {
            settle(conversation, track);
        }
    }

    private void deliverYoung(Slice slice) {
        Instant young = repairs.now().minus(YOUNG);
        for (Message entry : slice.entries()) {
            if (entry.at().isBefore(young)) {
                repairs.skipped();
            } else {
                deliver(entry);
            }
        }
    }

    /** Goes on with what came meanwhile; what was read is not heard again. */
    private void settle(ConversationId conversation, Track track) {
        track.repairing = false;
        repaired(track);
        List<MessageFrame> held = track.held;
        track.held = new ArrayList<>();
        for (MessageFrame frame : held) {
            Position next = frame.position();
            if (!next.epoch().equals(track.at.epoch()) || next.seq() > track.at.seq()) {
                take(conversation, track, frame);
            }
        }
    }

    private void repaired(Track track) {
        if (track.counted) {
            track.counted = false;
            repairs.done();
        }
    }

    private void deliver(TopicEvent event) {
        topics.put(audience, event);
        topics.deliver(audience);
    }

    private void forgetIdle() {
        if (tracks.size() > MOST_FOLLOWED) {
            ConversationId idle = tracks.keySet().iterator().next();
            tracks.remove(idle);
        }
    }
}
