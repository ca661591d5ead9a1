package io.embedim.jdbc;

import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ImRuntime.Cancellable;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A sign of life, three times in a lease: it keeps the lease, delivers what an unknown commit has left, and forgets ids that are old enough. */
final class Pulse {

    private static final int BEATS = 3;
    private static final int CHUNK = 1_000;

    private final ImRuntime runtime;
    private final Writer writer;
    private final Lease lease;
    private final Duration window;
    private final Duration pause;
    private volatile boolean ended;
    private volatile @Nullable Cancellable next;

    Pulse(ImRuntime runtime, Writer writer, Lease lease, Duration window, Duration leaseTime) {
        this.runtime = runtime;
        this.writer = writer;
        this.lease = lease;
        this.window = window;
        this.pause = leaseTime.dividedBy(BEATS);
    }

    void start() {
        next = runtime.schedule(this::beat, pause);
    }

    void end() {
        ended = true;
        Cancellable present = next;
        if (present != null) {
            present.cancel();
        }
    }

    private void beat() {
        if (ended) {
            return;
        }
        Errand errand = sign();
        boolean waits = writer.offer(errand) == null;
        if (waits) {
            // Where the database does not answer there is one beat that waits, and no second one behind it.
            CompletableFuture<Boolean> unused =
                    errand.done.whenComplete((more, failure) -> again(Boolean.TRUE.equals(more)));
        } else {
            again(false);
        }
    }

    private void again(boolean atOnce) {
        if (!ended) {
            next = runtime.schedule(this::beat, atOnce ? Duration.ZERO : pause);
        }
    }

    /** Answers whether there is more to forget: then it comes again, behind what waits by then. */
    private Errand sign() {
        return new Errand("sign of life", connection -> {
            lease.fence(connection);
            try (PreparedStatement expire = connection.prepareStatement(Sql.EXPIRE_ONCE)) {
                expire.setLong(1, runtime.now().minus(window).toEpochMilli());
                return expire.executeUpdate() == CHUNK;
            }
        });
    }
}
