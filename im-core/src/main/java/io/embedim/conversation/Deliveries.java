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
    /** What the thread delivers from, and behind it what comes next; empty while it delivers nothing. Only classes of the JDK are in it, so a thread of a pool may keep it. */
    @SuppressWarnings("ThreadLocalUsage") // A static one would mix up brokers.
    private final ThreadLocal<ArrayDeque<TopicQueue>> here = new ThreadLocal<>();

    Deliveries(int burst, Executor executor, BiConsumer<Topic, TopicEvent> listener) {
        this.burst = burst;
        this.executor = executor;
        this.listener = listener;
    }

    /** Delivers what the queue has, unless another thread is at it. */
    void drain(TopicQueue queue) {
        ArrayDeque<TopicQueue> mine = mine();
        if (!mine.isEmpty()) {
            mine.add(queue);
        } else if (queue.claim()) {
            begin(queue, mine);
        }
    }

    private ArrayDeque<TopicQueue> mine() {
        ArrayDeque<TopicQueue> mine = here.get();
        if (mine == null) {
            mine = new ArrayDeque<>(4);
            here.set(mine);
        }
        return mine;
    }

    private void begin(TopicQueue claimed, ArrayDeque<TopicQueue> mine) {
        mine.add(claimed);
        try {
            deliver(claimed);
            mine.poll();
            for (TopicQueue next = mine.peek(); next != null; next = mine.peek()) {
                if (next.claim()) {
                    deliver(next);
                }
                mine.poll();
            }
        } finally {
            mine.clear();
        }
    }

    private void deliver(TopicQueue queue) {
        if (queue.drain(burst, event -> listener.accept(queue.topic, event))) {
            executor.execute(() -> begin(queue, mine()));
        }
    }
}
