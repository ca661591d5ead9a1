package io.embedim.redis;

import io.embedim.model.NotReadyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Messages of this node to itself: each has to come back by the bus to whose own channel it was published. */
final class Pings {

    private final Link link;
    private final Ids ids;
    private final Deadlines deadlines;
    private final ConcurrentMap<String, CompletableFuture<Void>> under = new ConcurrentHashMap<>();

    Pings(Link link, Ids ids) {
        this.link = link;
        this.ids = ids;
        this.deadlines = new Deadlines(link.runtime(), link.timeOut());
    }

    void start() {
        deadlines.start();
    }

    /** Fails with a {@link NotReadyException} where nothing has come back, and with what came where Redis did not take it. */
    CompletionStage<Void> ping(Bus bus) {
        String nonce = ids.mid();
        CompletableFuture<Void> back = new CompletableFuture<>();
        under.put(nonce, back);
        deadlines.add(
                back,
                () -> new NotReadyException(
                        "expected the own message back within " + link.timeOut() + "; came nothing"));
        CompletionStage<?> unusedEnd = back.whenComplete((done, failure) -> under.remove(nonce));
        CompletionStage<?> ignored = link.call("probe", bus.toItself(Wire.ping(nonce)))
                .whenComplete((heard, failure) -> {
                    if (failure != null) {
                        back.completeExceptionally(Failures.cause(failure));
                    }
                });
        return back;
    }

    /** It has come back. */
    void pinged(String nonce) {
        CompletableFuture<Void> ping = under.get(nonce);
        if (ping != null) {
            ping.complete(null);
        }
    }

    void end() {
        deadlines.end();
    }
}
