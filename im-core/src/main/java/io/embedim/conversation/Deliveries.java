package io.embedim.conversation;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Drains topic queues on the threads of those who put something in: never two threads on one queue, never one drain inside another.
 *
 * <p>A listener that publishes finds its thread delivering already; what it has put in is delivered when the present delivery has ended, so that no stack grows and no event overtakes.
 */
final class Deliveries {

    private final int burst;
    private final Executor executor;
    private final BiConsumer<Topic, TopicEvent> listener;
    /** Set only while a thread delivers for this broker, and removed behind it; a static one would mix up brokers. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ArrayDeque<TopicQueue>> here = new ThreadLocal<>();

    Deliveries(int burst, Executor executor, BiConsumer<Topic, TopicEvent> listener) {
        this.burst = burst;
        this.executor = executor;
        this.listener = listener;
    }

    /** Delivers what the queue has, unless another thread is at it. */
    void drain(TopicQueue queue) {
        ArrayDeque<TopicQueue> later = here.get();
        if (later != null) {
            later.add(queue);
        } else if (queue.claim()) {
            begin(queue);
        }
    }

    private void begin(TopicQueue claimed) {
        ArrayDeque<TopicQueue> later = new ArrayDeque<>(4);
        here.set(later);
        try {
            deliver(claimed);
            for (TopicQueue next = later.poll(); next != null; next = later.poll()) {
                if (next.claim()) {
                    deliver(next);
                }
            }
        } finally {
            here.remove();
        }
    }

    private void deliver(TopicQueue queue) {
        if (queue.drain(burst, event -> listener.accept(queue.topic, event))) {
            executor.execute(() -> begin(queue));
        }
    }
}
