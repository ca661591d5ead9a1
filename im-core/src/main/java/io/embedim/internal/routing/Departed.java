package io.embedim.internal.routing;

import io.embedim.cluster.CommandReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits until the sessions of connections that are being closed have ended, in the store too. One thread adds them; any may see them off. */
final class Departed {

    private final int found;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger(1); // One for who adds.
    private long ended;
    private long closedBefore;

    Departed(int found) {
        this.found = found;
    }

    void await(Peer peer, boolean endedNow) {
        if (endedNow) {
            ended++;
        } else {
            closedBefore++;
        }
        waiting.incrementAndGet();
        boolean posted = peer.post(() -> {
            oneLess();
            return null;
        });
        if (!posted) {
            oneLess();
        }
    }

    CompletionStage<CommandReply> all() {
        CommandReply reply = new CommandReply(found, ended, 0, closedBefore, 0, 0, null);
        oneLess();
        return gone.thenApply(all -> reply);
    }

    private void oneLess() {
        if (waiting.decrementAndGet() == 0) {
            gone.complete(null);
        }
    }
}
