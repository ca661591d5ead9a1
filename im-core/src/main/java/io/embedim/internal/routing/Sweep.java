package io.embedim.internal.routing;

import io.embedim.cluster.CommandReply;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes one change to many connections, each in its mailbox, with a bound on how many are under way: a backend is not to be asked a hundred thousand things at once.
 *
 * <p>Begins on the caller's thread and goes on by the executor, so nothing nests however the changes complete.
 */
final class Sweep {

    static final int WINDOW = 256;

    private final Iterator<Peer> peers;
    private final int found;
    private final Change change;
    private final Executor executor;
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final CompletableFuture<CommandReply> result = new CompletableFuture<>();

    /** What is done to a connection; called by a task of its mailbox, while it has not ended. */
    @FunctionalInterface
    interface Change {

        /** Tells the outcome exactly once; answers what the mailbox has to wait for, or null. */
        @Nullable
        CompletionStage<?> to(Peer peer, Outcome outcome);
    }

    /** What became of a change. */
    final class Outcome {

        void done() {
            ended(done);
        }

        void unchanged() {
            ended(unchanged);
        }

        void failed(Throwable cause) {
            failure.compareAndSet(null, String.valueOf(cause.getMessage()));
            ended(failed);
        }
    }

    private Sweep(Selection selection, Change change, Executor executor) {
        this.peers = selection.peers().iterator();
        this.found = selection.found();
        this.change = change;
        this.executor = executor;
    }

    static CompletionStage<CommandReply> over(Selection selection, Change change, Executor executor) {
        Sweep sweep = new Sweep(selection, change, executor);
        sweep.work.set(1);
        sweep.work();
        return sweep.result;
    }

    private void work() {
        int seen = 1;
        while (seen != 0) {
            while (underWay.get() < WINDOW && peers.hasNext()) {
                underWay.incrementAndGet();
                begin(peers.next());
            }
            if (underWay.get() == 0 && !peers.hasNext()) {
                result.complete(new CommandReply(
                        found, done.get(), unchanged.get(), closed.get(), 0, failed.get(), failure.get()));
            }
            seen = work.addAndGet(-seen);
        }
    }

    private void begin(Peer peer) {
        Outcome outcome = new Outcome();
        boolean posted = peer.post(() -> {
            if (peer.hasEnded()) {
                ended(closed);
                return null;
            }
            return change.to(peer, outcome);
        });
        if (!posted) {
            ended(closed);
        }
    }

    private void ended(AtomicLong counter) {
        counter.incrementAndGet();
        underWay.decrementAndGet();
        if (work.getAndIncrement() == 0) {
            executor.execute(this::work);
        }
    }
}
