package io.embedim.metrics;

import io.embedim.ImServer;
import io.embedim.monitor.Latencies;
import io.embedim.monitor.ServerStats;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the meters of one registry read. A registry asks meter by meter; so a reading serves all that ask within a moment.
 *
 * <p>Registries hold it weakly, the server holds it as long as it lives: a registry that outlives the server does not keep it.
 */
final class Reading implements Latencies {

    private static final long MOMENT_MILLIS = 100;

    private final ImServer server;
    private final Clock clock;
    private final Timer handling;
    private final Timer delivery;
    private @Nullable ServerStats last;
    private long readAt;

    Reading(ImServer server, Clock clock, Timer handling, Timer delivery) {
        this.server = server;
        this.clock = clock;
        this.handling = handling;
        this.delivery = delivery;
    }

    synchronized ServerStats stats() {
        long now = clock.monotonicTime();
        ServerStats stats = last;
        if (stats == null || now - readAt > TimeUnit.MILLISECONDS.toNanos(MOMENT_MILLIS)) {
            stats = server.stats();
            last = stats;
            readAt = now;
        }
        return stats;
    }

    @Override
    public void handled(long nanos) {
        handling.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void delivered(long nanos) {
        delivery.record(nanos, TimeUnit.NANOSECONDS);
    }
}
