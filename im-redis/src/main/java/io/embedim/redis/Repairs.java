package io.embedim.redis;

import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reads that fill holes: a bounded number at a time, however many conversations have one. Counts them, and what they could not fill. */
final class Repairs {

    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
    private static final int AT_A_TIME = 64;

    private final LogReads reads;
    private final ImRuntime runtime;
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private int reading;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong forks = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    private record Waiting(Reading reading, CompletableFuture<Slice> answer) {}

    Repairs(LogReads reads, ImRuntime runtime) {
        this.reads = reads;
        this.runtime = runtime;
    }

    CompletionStage<Slice> read(Reading what) {
        CompletableFuture<Slice> answer = new CompletableFuture<>();
        synchronized (this) {
            line.add(new Waiting(what, answer));
        }
        goOn();
        return answer;
    }

    void later(Runnable task, Duration delay) {
        try {
            runtime.schedule(task, delay);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=redis_repair_given_up", LogText.trace(e)); // The server has been closed.
        }
    }

    Instant now() {
        return runtime.now();
    }

    /** A repair begins, for whoever is not ready before it is done. */
    void begun() {
        open.incrementAndGet();
    }

    void done() {
        open.decrementAndGet();
    }

    /** How many conversations are being repaired. */
    long open() {
        return open.get();
    }

    void gap() {
        gaps.incrementAndGet();
    }

    void forked() {
        forks.incrementAndGet();
    }

    void skipped() {
        skipped.incrementAndGet();
    }

    long gaps() {
        return gaps.get();
    }

    long forks() {
        return forks.get();
    }

    private void goOn() {
        for (Waiting next = next(); next != null; next = next()) {
            CompletableFuture<Slice> answer = next.answer;
            CompletionStage<?> ignored = reads.read(next.reading).whenComplete((slice, failure) -> {
                ended();
                if (failure == null) {
                    answer.complete(slice);
                } else {
                    answer.completeExceptionally(failure);
                }
                goOn();
            });
        }
    }

    private synchronized @Nullable Waiting next() {
        if (reading >= AT_A_TIME) {
            return null;
        }
        Waiting next = line.poll();
        if (next != null) {
            reading++;
        }
        return next;
    }

    private synchronized void ended() {
        reading--;
    }
}
