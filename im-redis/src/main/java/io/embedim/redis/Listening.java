package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.Position;
import io.embedim.conversation.Topic;
import io.embedim.model.ImException;
import io.embedim.model.LogText;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that this node listens to: what comes on their channels goes through the topic's lane to its follower, and from there to the listener. */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final RedisKeys keys;
    private final Buses buses;
    private final Lanes lanes;
    private final LocalTopics topics;
    private final LogReads reads;
    private final Repairs repairs;
    private final ConcurrentMap<String, Subscription> byChannel = new ConcurrentHashMap<>();

    Listening(RedisKeys keys, Buses buses, Lanes lanes, LocalTopics topics, LogReads reads, Repairs repairs) {
        this.keys = keys;
        this.buses = buses;
        this.lanes = lanes;
        this.topics = topics;
        this.reads = reads;
        this.repairs = repairs;
    }

    /** Completes when all that is published from then on is delivered. */
    CompletionStage<Void> subscribe(Topic topic) {
        String channel = keys.channel(topic);
        Subscription present = byChannel.get(channel);
        if (present != null) {
            return present.inForce;
        }
        Lanes.Lane lane = lanes.of(channel);
        Subscription mine = new Subscription(topic, channel, lane, new Follower(topic, lane, topics, repairs));
        Subscription other = byChannel.putIfAbsent(channel, mine);
        if (other != null) {
            return other.inForce;
        }
        CompletionStage<?> ignored = buses.subscribe(channel).whenComplete((heard, failure) -> {
            if (failure != null) {
                fail(mine, failure);
            }
        });
        return mine.inForce;
    }

    CompletionStage<Void> unsubscribe(Topic topic) {
        Subscription present = byChannel.remove(keys.channel(topic));
        if (present != null) {
            present.end();
            buses.unsubscribe(present.channel);
            present.inForce.completeExceptionally(new ImException("the subscription was taken back"));
        }
        return topics.unsubscribe(topic);
    }

    /** Whether the channel is one of a topic; if so, the subscription of it hears it in its turn. */
    void subscribed(String channel) {
        Subscription subscription = byChannel.get(channel);
        if (subscription != null) {
            subscription.lane.execute(() -> confirmed(subscription));
        }
    }

    void heard(String channel, byte[] bytes) {
        Subscription subscription = byChannel.get(channel);
        if (subscription != null && !subscription.lane.offer(() -> take(subscription, bytes), bytes.length)) {
            overflow(subscription, bytes);
        }
    }

    /** Compares with the logs what this node has heard of those where something was said lately. */
    void compareTops() {
        byChannel
                .values()
                .forEach(each -> each.lane.execute(() -> {
                    if (each.confirmed && !each.ended) {
                        each.follower.repairAll(true);
                    }
                }));
    }

    void clear() {
        byChannel.values().forEach(Subscription::end);
        byChannel.clear();
        topics.clear();
    }

    private void confirmed(Subscription subscription) {
        if (subscription.ended) {
            return;
        } else if (subscription.confirmed) {
            subscription.follower.repairAll(false);
            return;
        }
        subscription.confirmed = true;
        ConversationId only = Subscription.onlyConversation(subscription.topic);
        if (only == null) {
            CompletionStage<?> unused = topics.subscribe(subscription.topic);
            subscription.inForce.complete(null);
            return;
        }
        subscription.starting = true;
        CompletionStage<?> ignored = reads.top(only)
                .whenCompleteAsync((top, failure) -> begin(subscription, only, top, failure), subscription.lane);
    }

    /** What came before the baseline was known waits for it, and is taken or known as a repetition by it. */
    private void begin(
            Subscription subscription, ConversationId only, @Nullable Position top, @Nullable Throwable failure) {
        if (subscription.ended) {
            return;
        } else if (top == null) {
            fail(subscription, failure == null ? new ImException("no answer") : failure);
            return;
        }
        subscription.follower.begin(only, top);
        subscription.starting = false;
        CompletionStage<?> unused = topics.subscribe(subscription.topic);
        subscription.inForce.complete(null);
        subscription.early.forEach(bytes -> hear(subscription, bytes));
        subscription.early.clear();
    }

    private void fail(Subscription subscription, Throwable failure) {
        if (byChannel.remove(subscription.channel, subscription)) {
            subscription.end();
            buses.unsubscribe(subscription.channel);
        }
        subscription.inForce.completeExceptionally(Failures.cause(failure));
    }

    private void take(Subscription subscription, byte[] bytes) {
        if (!subscription.confirmed || subscription.ended) {
            return;
        } else if (subscription.starting) {
            subscription.early.add(bytes);
            return;
        }
        hear(subscription, bytes);
    }

    private static void hear(Subscription subscription, byte[] bytes) {
        try {
            ByteReader in = new ByteReader(bytes, 0);
            char kind = Wire.kind(in);
            if (kind == Wire.MESSAGE) {
                subscription.follower.message(MessageFrame.of(bytes, in));
            } else if (kind == Wire.SIGNAL) {
                subscription.follower.signal(Wire.signal(subscription.topic, in));
            }
        } catch (RuntimeException e) {
            LOG.warn("event=redis_frame_not_read channel={}", LogText.line(subscription.channel), LogText.trace(e));
        }
    }

    private static void overflow(Subscription subscription, byte[] bytes) {
        try {
            ByteReader in = new ByteReader(bytes, 0);
            if (Wire.kind(in) == Wire.MESSAGE) {
                subscription.overflow(MessageFrame.of(bytes, in));
            }
        } catch (RuntimeException e) {
            LOG.warn("event=redis_frame_not_read channel={}", LogText.line(subscription.channel), LogText.trace(e));
        }
    }
}
