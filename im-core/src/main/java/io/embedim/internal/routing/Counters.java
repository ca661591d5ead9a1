package io.embedim.internal.routing;

import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.monitor.Backend;
import io.embedim.monitor.Latencies;
import io.embedim.monitor.ServerStats;
import io.embedim.monitor.ServerStats.Traffic;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a server has done. Striped, so that threads that count at once do not wait for each other; nothing for each connection, and counting allocates nothing. A fan-out counts once, not
 * for each recipient. Safe for use by any thread.
 */
final class Counters {

    final LongAdder opened = new LongAdder();
    final CloseCounters closed = new CloseCounters();
    final LongAdder framesReceived = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder framesSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder privateMessages = new LongAdder();
    final LongAdder groupMessages = new LongAdder();
    final LongAdder deliveries = new LongAdder();
    final LongAdder undelivered = new LongAdder();
    final LongAdder slowConsumers = new LongAdder();
    final LongAdder rateRefused = new LongAdder();
    final RejectionCounters rejections = new RejectionCounters();
    private final Map<Backend, LongAdder> failures = new EnumMap<>(Backend.class);
    private volatile @Nullable Latencies latencies;

    Counters() {
        for (Backend backend : Backend.values()) {
            failures.put(backend, new LongAdder());
        }
    }

    /** The broker has taken a message from this node. */
    void published(Draft draft, Receipt receipt) {
        if (!receipt.duplicate()) {
            (draft.recipient() == null ? groupMessages : privateMessages).increment();
        }
    }

    /** A client's pipe has taken a batch. */
    void written(int frames, int bytes) {
        framesSent.add(frames);
        bytesSent.add(bytes);
    }

    void failed(Backend backend) {
        LongAdder counter = failures.get(backend);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Who hears how long things take; null where nobody does, and no clock need be read. */
    @Nullable
    Latencies latencies() {
        return latencies;
    }

    /** One more hears how long things take. */
    synchronized void add(Latencies hears) {
        Latencies before = latencies;
        latencies = new GuardedLatencies(before, hears);
    }

    ServerStats read(ServerStats.Open open) {
        Map<Backend, Long> failed = new EnumMap<>(Backend.class);
        failures.forEach((backend, counter) -> failed.put(backend, counter.sum()));
        return new ServerStats(
                open,
                opened.sum(),
                closed.read(),
                new Traffic(framesReceived.sum(), bytesReceived.sum()),
                new Traffic(framesSent.sum(), bytesSent.sum()),
                privateMessages.sum(),
                groupMessages.sum(),
                deliveries.sum(),
                undelivered.sum(),
                slowConsumers.sum(),
                rateRefused.sum(),
                rejections.read(),
                failed);
    }
}
