package io.embedim.conversation;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a topic has yet to deliver, in order. Subscribing and unsubscribing have their place in that order too.
 *
 * <p>Whether an event is delivered is decided when it is put in: the queue's order is the order of decisions, so a subscription is in force for what comes behind it.
 */
final class TopicQueue {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    final Topic topic;
    private @Nullable ArrayDeque<Object> waiting; // Made when first needed: most topics are silent.
    private boolean subscribed;
    private boolean draining;
    private boolean dead;

    TopicQueue(Topic topic) {
        this.topic = topic;
    }

    /** False where nobody listens. */
    synchronized boolean offer(TopicEvent event) {
        if (!subscribed) {
            return false;
        }
        put(event);
        return true;
    }

    /** Null where this queue has been given up and another must be made. */
    synchronized @Nullable CompletionStage<Void> subscribe() {
        if (dead) {
            return null;
        }
        subscribed = true;
        return DONE;
    }

    /** Completes when all that was put in before has been delivered. */
    synchronized CompletionStage<Void> unsubscribe() {
        if (!subscribed) {
            return DONE;
        }
        subscribed = false;
        if (!draining && isEmpty()) {
            return DONE;
        }
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        put(delivered);
        return delivered;
    }

    /** True for the one that may drain now. */
    synchronized boolean claim() {
        if (draining || isEmpty()) {
            return false;
        }
        draining = true;
        return true;
    }

    /**
     * Delivers at most so many, outside the lock. Only for whoever {@linkplain #claim claimed} it.
     *
     * @return true where there is more, and the claim is kept
     */
    boolean drain(int most, Consumer<TopicEvent> deliver) {
        for (int i = 0; i < most; i++) {
            Object next = next();
            if (next == null) {
                return false;
            }
            if (next instanceof TopicEvent event) {
                deliver.accept(event);
            } else if (next instanceof CompletableFuture<?> delivered) {
                delivered.complete(null);
            }
        }
        return true;
    }

    /** True where nobody listens and nothing waits; from then on the queue takes nothing more. */
    synchronized boolean retire() {
        if (!subscribed && !draining && isEmpty()) {
            dead = true;
        }
        return dead;
    }

    private synchronized @Nullable Object next() {
        Object next = waiting == null ? null : waiting.poll();
        if (next == null) {
            draining = false;
        }
        return next;
    }

    private void put(Object item) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(item);
    }

    private boolean isEmpty() {
        return waiting == null || waiting.isEmpty();
    }
}
