package io.embedim.jakarta;

import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A write under way, and how often its callback was told. */
final class Writes {

    private final CompletableFuture<Optional<Throwable>> result = new CompletableFuture<>();
    final AtomicInteger calls = new AtomicInteger();

    static Writes write(Connection connection, List<OutboundFrame> frames, boolean mayBlock) {
        Writes write = new Writes();
        connection.write(frames, mayBlock, failure -> {
            write.calls.incrementAndGet();
            write.result.complete(Optional.ofNullable(failure));
        });
        return write;
    }

    boolean isDone() {
        return result.isDone();
    }

    /** The failure, or null. */
    @Nullable
    Throwable await() {
        return result.orTimeout(15, TimeUnit.SECONDS).join().orElse(null);
    }
}
