package io.embedim.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/** Seeds that several threads take one after the other, until one of them goes wrong. Each run is one thread's alone, so it is the same whoever takes it. */
final class Seeds {

    private final long end;
    private final LongConsumer progress;
    private long next;
    private long done;
    private long failing = Long.MAX_VALUE;

    Seeds(long from, long count, LongConsumer progress) {
        this.next = from;
        this.end = from + count;
        this.progress = progress;
    }

    /** The lowest that fails: all below it have been taken before it, and are waited for. */
    OptionalLong first(int threads, LongPredicate fails) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(CompletableFuture.runAsync(() -> work(fails), workers));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            workers.shutdownNow();
        }
        return failing == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(failing);
    }

    private void work(LongPredicate fails) {
        for (long seed = take(); seed < end; seed = take()) {
            ended(seed, fails.test(seed));
        }
    }

    private synchronized long take() {
        return failing == Long.MAX_VALUE && next < end ? next++ : end;
    }

    private synchronized void ended(long seed, boolean failed) {
        if (failed) {
            failing = Math.min(failing, seed);
        }
        progress.accept(++done);
    }
}
