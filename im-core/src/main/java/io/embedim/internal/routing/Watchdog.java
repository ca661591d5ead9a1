package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.model.Heartbeat;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One timer for all connections: sends heartbeats, and finds writes that take too long, clients that are silent for too long or do not prove who they are, proofs that have expired,
 * and lanes that are blocked. So a limit holds also when nobody sends anything more.
 */
final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** How long a blocked lane may go unseen: where its senders are held up, nobody else looks. */
    private static final Duration TICK = Duration.ofMillis(20);

    private static final int TICKS_PER_LOOK = 50;

    private final ImRuntime runtime;
    private final List<Lane> lanes;
    private final Rates rates;
    private final @Nullable Pulse pulse;
    private final Supplier<Collection<Peer>> connections;
    private final long writeNanos;
    private final long idleNanos;
    private final long proofNanos;
    private final Set<Peer> closing = ConcurrentHashMap.newKeySet();
    private int ticks;
    private volatile boolean stopped;

    Watchdog(
            ImRuntime runtime,
            Limits limits,
            List<Lane> lanes,
            Rates rates,
            @Nullable Heartbeat heartbeat,
            Supplier<Collection<Peer>> connections) {
        this.runtime = runtime;
        this.lanes = lanes;
        this.rates = rates;
        this.pulse = heartbeat == null ? null : new Pulse(heartbeat, runtime.nanoTime());
        this.connections = connections;
        this.writeNanos = limits.writeTime().toNanos();
        this.idleNanos = limits.idleTime().toNanos();
        this.proofNanos = limits.proofTime().toNanos();
    }

    void start() {
        runtime.schedule(this::tick, TICK);
    }

    /** Watches a connection that is no longer among the open ones until it is closed. */
    void watchClosing(Peer peer) {
        closing.add(peer);
    }

    void stop() {
        stopped = true;
    }

    private void tick() {
        if (stopped) {
            return;
        }
        try {
            long now = runtime.nanoTime();
            for (Lane lane : lanes) {
                lane.rescue(now);
            }
            if (++ticks % TICKS_PER_LOOK == 0) {
                Instant time = runtime.now();
                closing.removeIf(peer -> isClosed(peer, now));
                rates.forgetIdle(now);
                connections.get().forEach(peer -> look(peer, now, time));
                if (pulse != null) {
                    pulse.looked(now);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("event=watchdog_failed", LogText.trace(e));
        } finally {
            runtime.schedule(this::tick, TICK);
        }
    }

    private void look(Peer peer, long now, Instant time) {
        peer.outbox().tidyUp();
        long age = peer.outbox().ageNanos(now);
        if (age > writeNanos) {
            peer.outbox().late(now, age / 2 > writeNanos);
        } else if (idleNanos > 0 && now - peer.lastHeard() > idleNanos) {
            peer.endWhenDrained(CloseReason.IDLE);
        } else if (hasNotProven(peer, now)) {
            peer.endWhenDrained(CloseReason.UNAUTHENTICATED);
        } else if (hasExpired(peer, time)) {
            peer.endWhenDrained(CloseReason.EXPIRED);
        } else if (pulse != null) {
            pulse.look(peer, now);
        }
    }

    private boolean isClosed(Peer peer, long now) {
        if (peer.outbox().ageNanos(now) > writeNanos) {
            peer.endNow(CloseReason.SLOW_CONSUMER);
        }
        return peer.outbox().isClosed();
    }

    private boolean hasNotProven(Peer peer, long now) {
        Peer.Pending pending = peer.pending();
        return pending != null && now - pending.since() > proofNanos;
    }

    private static boolean hasExpired(Peer peer, Instant time) {
        Instant expiry = peer.identity().map(Identity::expiresAt).orElse(null);
        return expiry != null && time.isAfter(expiry);
    }
}
