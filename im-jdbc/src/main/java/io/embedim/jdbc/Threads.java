package io.embedim.jdbc;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is waited for.
 *
 * @param executor the application's, or the broker's own
 * @param own the broker's own, or null
 */
record Threads(Executor executor, @Nullable ExecutorService own) {

    private static final int NUMBER = 4;

    static Threads of(@Nullable Executor given) {
        if (given != null) {
            return new Threads(given, null);
        }
        AtomicInteger count = new AtomicInteger();
        ExecutorService own = Executors.newFixedThreadPool(NUMBER, task -> {
            Thread thread = new Thread(task, "im-jdbc-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        return new Threads(own, own);
    }

    void end() {
        if (own != null) {
            own.shutdown();
        }
    }
}
