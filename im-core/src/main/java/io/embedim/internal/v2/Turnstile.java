package io.embedim.internal.v2;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many syncs run at a time, keeps some waiting, and tells the others when to come back: each at another time, so that they do not all come at once again. Safe for use by any
 * thread.
 */
final class Turnstile {

    private static final int MOST_RUNNING = 64;
    private static final int MOST_WAITING = 4_096;
    private static final long SOONEST_MILLIS = 1_000;
    private static final long LATEST_MILLIS = 6_000;

    private final RandomGenerator random;
    private final Executor executor;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Turnstile(RandomGenerator random, Executor executor) {
        this.random = random;
        this.executor = executor;
    }

    /** Runs it, or will; or answers when to come back. */
    @Nullable
    Duration enter(Runnable sync) {
        synchronized (this) {
            if (running == MOST_RUNNING) {
                if (waiting.size() == MOST_WAITING) {
                    return Duration.ofMillis(random.nextLong(SOONEST_MILLIS, LATEST_MILLIS));
                }
                waiting.add(sync);
                return null;
            }
            running++;
        }
        sync.run();
        return null;
    }

    /** One has come to its end. */
    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            executor.execute(next); // And not here: each would begin the next one inside of itself.
        }
    }
}
