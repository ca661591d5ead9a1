package io.embedim.testkit.contract;

import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes to a connection under test and counts how often each write is reported. */
final class Writes {

    private final Connection connection;
    private final List<AtomicInteger> reports = new ArrayList<>();

    Writes(Connection connection) {
        this.connection = connection;
    }

    /** Begins a write; the stage fails with what the adapter reports. */
    CompletableFuture<@Nullable Void> begin(boolean mayBlock, String... texts) {
        CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        AtomicInteger reported = new AtomicInteger();
        reports.add(reported);
        List<OutboundFrame> frames = Arrays.stream(texts).map(OutboundFrame::of).toList();
        try {
            connection.write(frames, mayBlock, failure -> {
                reported.incrementAndGet();
                if (failure == null) {
                    outcome.complete(null);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            throw new AssertionError("write threw " + e + "; expected the callback to be told", e);
        }
        return outcome;
    }

    void write(boolean mayBlock, String... texts) {
        Stages.await("write of " + texts.length + " frames, mayBlock " + mayBlock, begin(mayBlock, texts));
    }

    void assertReportedOnce() {
        List<Integer> counts = reports.stream().map(AtomicInteger::get).toList();
        if (counts.stream().anyMatch(count -> count != 1)) {
            throw new AssertionError("how often each write was reported: " + counts + "; expected once each");
        }
    }

    void assertReportedAtMostOnce() {
        List<Integer> counts = reports.stream().map(AtomicInteger::get).toList();
        if (counts.stream().anyMatch(count -> count > 1)) {
            throw new AssertionError("how often each write was reported: " + counts + "; expected at most once each");
        }
    }
}
