package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Position;
import io.embedim.conversation.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** That this node listens to a topic: from its first confirmation on, until it is taken back. */
final class Subscription {

    final Topic topic;
    final String channel;
    final Lanes.Lane lane;
    final Follower follower;
    final CompletableFuture<Void> inForce = new CompletableFuture<>();
    /** What did not find room in the lane: for each conversation, the place below the first of it. */
    private final Map<ConversationId, Position> overflowed = new ConcurrentHashMap<>();

    /** For tasks of the lane, as what follows: whether Redis has confirmed it once. */
    boolean confirmed;

    /** Whether it is not yet known where its log stood then. */
    boolean starting;

    /** What has come meanwhile. */
    final List<byte[]> early = new ArrayList<>();

    volatile boolean ended;

    Subscription(Topic topic, String channel, Lanes.Lane lane, Follower follower) {
        this.topic = topic;
        this.channel = channel;
        this.lane = lane;
        this.follower = follower;
    }

    /** The group's conversation, or null for a user's topic, which has many. */
    static @Nullable ConversationId onlyConversation(Topic topic) {
        return topic instanceof Topic.OfGroup group ? ConversationId.of(group.group()) : null;
    }

    void overflow(MessageFrame frame) {
        if (overflowed.putIfAbsent(frame.conversation(), frame.before()) == null) {
            lane.execute(() -> {
                Position before = overflowed.remove(frame.conversation());
                if (before != null && confirmed && !ended) {
                    follower.missed(frame.conversation(), before);
                }
            });
        }
    }

    void end() {
        ended = true;
        follower.end();
    }
}
