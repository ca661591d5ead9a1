package io.embedim.redis;

import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Ends waiting that has lasted too long. All wait equally long, so one queue has them in order, and one timer looks at its head; a call costs no timer of its own. */
final class Deadlines {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final ImRuntime runtime;
    private final long nanos;
    private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private record Waiting(CompletableFuture<?> answer, long since, Supplier<? extends RuntimeException> late) {}

    Deadlines(ImRuntime runtime, Duration time) {
        this.runtime = runtime;
        this.nanos = time.toNanos();
    }

    void start() {
        runtime.schedule(() -> runtime.executor().execute(this::look), LOOK);
    }

    void add(CompletableFuture<?> answer, Supplier<? extends RuntimeException> late) {
        line.add(new Waiting(answer, runtime.nanoTime(), late));
    }

    void end() {
        ended = true;
        line.forEach(waiting -> waiting.answer.completeExceptionally(waiting.late.get()));
        line.clear();
    }

    private void look() {
        if (ended) {
            return;
        }
        long now = runtime.nanoTime();
        for (Waiting head = line.peek(); head != null; head = line.peek()) {
            if (!head.answer.isDone()) {
                if (now - head.since < nanos) {
                    break;
                }
                head.answer.completeExceptionally(head.late.get());
            }
            line.poll();
        }
        start();
    }
}
