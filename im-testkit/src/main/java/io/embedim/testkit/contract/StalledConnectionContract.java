package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter's connection must do when its client does not read. */
public interface StalledConnectionContract {

    /**
     * A client connected to a server, both idle. Called once in a test, which closes it.
     *
     * @return the pipe
     */
    StallingPipe openStallingPipe();

    /** A write that may not block returns, whatever the client does. */
    @Test
    default void writeThatMayNotBlockReturnsThoughTheClientDoesNotRead() {
        try (StallingPipe pipe = openStallingPipe()) {
            CompletableFuture<@Nullable Void> stuck = stall(pipe);

            assertThat(stuck)
                    .as("a write of 64 MiB to a client that does not read")
                    .isNotDone();
        }
    }

    /** Closing never blocks, and the end comes within a few seconds though the client does not answer. */
    @Test
    default void closeEndsAConnectionWhoseClientDoesNotRead() {
        try (StallingPipe pipe = openStallingPipe()) {
            CompletableFuture<@Nullable Void> unused = stall(pipe);

            within(Duration.ofSeconds(2), "close", () -> pipe.server().close(CloseReason.SLOW_CONSUMER));

            pipe.awaitReported(Duration.ofSeconds(20));
        }
    }

    private static CompletableFuture<@Nullable Void> stall(StallingPipe pipe) {
        pipe.stopReading();
        String[] batch = Collections.nCopies(64, "x".repeat(1024 * 1024)).toArray(String[]::new);
        Writes writes = new Writes(pipe.server());
        CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        within(Duration.ofSeconds(5), "write that may not block", () -> {
            CompletableFuture<@Nullable Void> unused = writes.begin(false, batch)
                    .whenComplete((done, failure) -> {
                        if (failure == null) {
                            outcome.complete(null);
                        } else {
                            outcome.completeExceptionally(failure);
                        }
                    });
        });
        return outcome;
    }

    private static void within(Duration limit, String what, Runnable call) {
        long start = System.nanoTime();
        Stages.together(List.of(() -> {
            call.run();
            return true;
        }));
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(took).as("ms for a %s", what).isLessThan(limit.toMillis());
    }
}
