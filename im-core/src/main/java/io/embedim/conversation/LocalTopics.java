package io.embedim.conversation;

import io.embedim.model.LogText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node has subscribed to, and the way to its listener; for authors of brokers. It keeps rules B3 to B7 of {@link Broker}, if events are put in in their order.
 *
 * <p><b>Threads.</b> Any thread may call. {@link #put} only puts in, so it may be called under a lock, and should be called under the one that gives the order. {@link #deliver} calls the
 * listener, at most 64 times for a topic, and hands the rest on to the executor; it is called without a lock.
 */
public final class LocalTopics {

    private static final Logger LOG = LoggerFactory.getLogger(LocalTopics.class);
    private static final int BURST = 64;
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final ConcurrentMap<Topic, TopicQueue> topics = new ConcurrentHashMap<>();
    private final Deliveries deliveries;
    private volatile @Nullable TopicListener listener;

    /**
     * Subscribed to nothing.
     *
     * @param executor where to go on when a topic has much to deliver
     */
    public LocalTopics(Executor executor) {
        this.deliveries = new Deliveries(BURST, executor, this::tell);
    }

    /**
     * Names the one listener.
     *
     * @param nodeListener hears all subscribed topics
     * @throws IllegalStateException if there is one already
     */
    public synchronized void attach(TopicListener nodeListener) {
        if (listener != null) {
            throw new IllegalStateException("a listener is attached already; a broker serves one server");
        }
        listener = nodeListener;
    }

    /**
     * Whether there is a listener.
     *
     * @return true after {@link #attach}
     */
    public boolean isAttached() {
        return listener != null;
    }

    /**
     * Starts to listen, with a place in the topic's order (B5).
     *
     * @param topic to what
     * @return completes when it is in force
     */
    public CompletionStage<Void> subscribe(Topic topic) {
        while (true) {
            CompletionStage<Void> done =
                    topics.computeIfAbsent(topic, TopicQueue::new).subscribe();
            if (done != null) {
                return done;
            }
            // It has retired and is being taken out of the map by whoever retired it.
            topics.computeIfPresent(topic, (key, queue) -> queue.retire() ? null : queue);
        }
    }

    /**
     * Ceases to listen, with a place in the topic's order (B5).
     *
     * @param topic to what
     * @return completes when it is in force
     */
    public CompletionStage<Void> unsubscribe(Topic topic) {
        TopicQueue queue = topics.get(topic);
        if (queue == null) {
            return DONE;
        }
        CompletionStage<Void> done = queue.unsubscribe();
        return done.thenRun(() -> topics.computeIfPresent(topic, (key, current) -> current.retire() ? null : current));
    }

    /**
     * Puts an event on the queues of those topics that are subscribed to. Delivers nothing yet.
     *
     * @param audience the topics
     * @param event the event
     */
    public void put(List<Topic> audience, TopicEvent event) {
        for (int i = 0; i < audience.size(); i++) {
            TopicQueue queue = topics.get(audience.get(i));
            if (queue != null) {
                queue.offer(event);
            }
        }
    }

    /**
     * Delivers what the topics' queues have, unless another thread is at it; from inside a listener, when that has returned (B6).
     *
     * @param audience the topics
     */
    public void deliver(List<Topic> audience) {
        for (int i = 0; i < audience.size(); i++) {
            TopicQueue queue = topics.get(audience.get(i));
            if (queue != null) {
                deliveries.drain(queue);
            }
        }
    }

    /** Lets go of all subscriptions. */
    public void clear() {
        topics.clear();
    }

    /**
     * The topics that messages of a conversation go to (B3).
     *
     * @param conversation the conversation
     * @return a group's topic; for a pair those of both users, one where they are the same
     */
    public static List<Topic> audience(ConversationId conversation) {
        if (conversation instanceof ConversationId.Pair pair) {
            return pair.first().equals(pair.second())
                    ? List.of(Topic.of(pair.first()))
                    : List.of(Topic.of(pair.first()), Topic.of(pair.second()));
        } else if (conversation instanceof ConversationId.Group group) {
            return List.of(Topic.of(group.group()));
        }
        throw new IllegalArgumentException("no audience for " + conversation);
    }

    private void tell(Topic topic, TopicEvent event) {
        TopicListener current = listener;
        if (current == null) {
            return;
        }
        try {
            current.onEvent(topic, event);
        } catch (Throwable e) { // Whatever it is, the topic goes on.
            LOG.error("event=topic_listener_failed topic={}", LogText.line(topic), LogText.trace(e));
        }
    }
}
