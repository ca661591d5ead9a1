package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees all connections of this node out, some at a time, and tells each when to come back (protocol C-AWAY).
 *
 * <p>The batches are spread over four fifths of the time; the last fifth is for what they still have to be written. What is open when the time is over is closed at once. Safe for use
 * by any thread.
 */
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration TICK = Duration.ofMillis(100);

    /** So few at once harm nobody, so a small server need not wait. */
    private static final int ALWAYS = 16;

    private final LocalIndex index;
    private final ImRuntime runtime;
    private final AtomicReference<@Nullable Run> run = new AtomicReference<>();

    Drain(LocalIndex index, ImRuntime runtime) {
        this.index = index;
        this.runtime = runtime;
    }

    /**
     * What became of the connections.
     *
     * @param closed closed after all that waited for them was written
     * @param cut open when the time was over, and closed at once
     */
    public record Result(int closed, int cut) {}

    /**
     * Whether the times are such as a drain may have.
     *
     * @throws IllegalArgumentException where one is not
     */
    static void check(Duration within, Duration comeBackWithin) {
        if (within.isNegative() || within.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a drain within " + within + "; expected zero to a day");
        }
        if (comeBackWithin.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("come back within " + comeBackWithin + "; expected a second or more");
        }
    }

    /** Begins, unless it has begun before: then the first call's times hold, and its result is answered. */
    CompletionStage<Result> begin(Duration within, Duration comeBackWithin, Runnable first) {
        Run made = new Run(within, comeBackWithin);
        if (!run.compareAndSet(null, made)) {
            Run before = run.get();
            return before == null ? made.result : before.result;
        }
        first.run();
        LOG.info("event=drain_begun connections={} within={}", index.size(), within);
        made.step();
        return made.result;
    }

    boolean hasBegun() {
        return run.get() != null;
    }

    /** Why a connection is closed or refused now, with a time of its own to come back; null where no drain has begun. */
    @Nullable
    CloseReason reason() {
        Run current = run.get();
        return current == null ? null : current.reason();
    }

    /** In how many seconds who is refused now should come back; 0 where no drain has begun. */
    int retryAfter() {
        Run current = run.get();
        return current == null ? 0 : current.retryAfter();
    }

    /** Closes at once what is still open. Without effect where no drain has begun. */
    void cut() {
        Run current = run.get();
        if (current != null) {
            current.end();
        }
    }

    private final class Run {

        private final long start = runtime.nanoTime();
        private final long nanos;
        private final int comeBackSeconds;
        private final Set<Peer> leaving = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean over = new AtomicBoolean();
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private final AtomicInteger closed = new AtomicInteger();

        Run(Duration within, Duration comeBackWithin) {
            this.nanos = within.toNanos();
            this.comeBackSeconds = (int) Math.max(1, Math.min(Integer.MAX_VALUE - 1, comeBackWithin.toSeconds()));
        }

        int retryAfter() {
            return 1 + runtime.random().nextInt(comeBackSeconds);
        }

        CloseReason reason() {
            return CloseReason.GOING_AWAY.withRetryAfter(retryAfter());
        }

        /** Comes again until nobody is left, or the time is over. */
        void step() {
            long passed = runtime.nanoTime() - start;
            if (passed >= nanos) {
                end();
                return;
            }
            List<Peer> open =
                    index.all().stream().filter(peer -> !peer.hasEnded()).toList();
            int batch = batch(open.size(), nanos / 5 * 4 - passed);
            open.stream().limit(batch).forEach(this::seeOut);
            if (over.get()) {
                cutAll();
                return;
            }
            leaving.forEach(this::countIfGone);
            if (open.size() <= batch && leaving.isEmpty()) {
                finish(0);
            } else {
                long next = Math.min(TICK.toNanos(), nanos - passed);
                runtime.schedule(() -> runtime.executor().execute(this::step), Duration.ofNanos(next));
            }
        }

        private int batch(int open, long left) {
            long steps = Math.max(0, left) / TICK.toNanos() + 1;
            return (int) Math.max(ALWAYS, (open + steps - 1) / steps);
        }

        private void seeOut(Peer peer) {
            leaving.add(peer);
            if (!peer.endWhenDrained(reason())) {
                leaving.remove(peer);
            }
        }

        private void countIfGone(Peer peer) {
            if (peer.outbox().isClosed() && peer.isGone() && leaving.remove(peer)) {
                closed.incrementAndGet();
            }
        }

        void end() {
            if (over.compareAndSet(false, true)) {
                finish(cutAll());
            }
        }

        private int cutAll() {
            int cut = 0;
            for (Peer peer : List.copyOf(leaving)) {
                boolean open = !peer.outbox().isClosed();
                if (leaving.remove(peer)) {
                    cut += open ? 1 : 0;
                    closed.addAndGet(open ? 0 : 1);
                }
                peer.endNow(reason());
            }
            for (Peer peer : index.all()) {
                cut += peer.endNow(reason()) ? 1 : 0;
            }
            return cut;
        }

        private void finish(int cut) {
            over.set(true);
            LOG.info("event=drained closed={} cut={}", closed, cut);
            result.complete(new Result(closed.get(), cut));
        }
    }
}
