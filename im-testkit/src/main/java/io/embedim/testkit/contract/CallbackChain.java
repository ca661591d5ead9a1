package io.embedim.testkit.contract;

import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Begins each write when the one before is reported, by a loop and not by recursion, however the adapter reports. */
final class CallbackChain {

    private final Connection connection;
    private final int count;
    private final CompletableFuture<@Nullable Void> all;
    private final AtomicInteger due = new AtomicInteger();
    private int begun;

    CallbackChain(Connection connection, int count, CompletableFuture<@Nullable Void> all) {
        this.connection = connection;
        this.count = count;
        this.all = all;
    }

    void next() {
        if (due.getAndIncrement() > 0) {
            return;
        }
        do {
            if (begun == count) {
                all.complete(null);
                return;
            }
            boolean mayBlock = begun % 2 == 0;
            connection.write(List.of(OutboundFrame.of("m" + begun++)), mayBlock, failure -> {
                if (failure == null) {
                    next();
                } else {
                    all.completeExceptionally(failure);
                }
            });
        } while (due.decrementAndGet() > 0);
    }
}
