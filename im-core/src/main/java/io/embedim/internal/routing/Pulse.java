package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.connection.OutboundFrame;
import io.embedim.model.Heartbeat;

/**
 * Sends heartbeats, each connection's at a time of its own, so that they do not all come at once. Keeps nothing for a connection: when its heartbeats are due follows from its id.
 * Called by the watchdog alone.
 */
final class Pulse {

    /** Makes much of small differences of hashes: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private final long intervalNanos;
    private final long patienceNanos;
    private final OutboundFrame frame;
    private final long start;
    private long before;

    Pulse(Heartbeat heartbeat, long now) {
        String message = heartbeat.message();
        this.intervalNanos = heartbeat.interval().toNanos();
        this.patienceNanos = heartbeat.unanswered() * intervalNanos;
        this.frame = message == null ? OutboundFrame.PING : OutboundFrame.droppable(message);
        this.start = now;
        this.before = now;
    }

    /** After all connections have been looked at. */
    void looked(long now) {
        before = now;
    }

    void look(Peer peer, long now) {
        if (patienceNanos > 0 && now - peer.lastHeard() > patienceNanos) {
            peer.endWhenDrained(CloseReason.IDLE);
        } else if (beats(peer, now) != beats(peer, before) && peer.outbox().isIdle()) {
            // Where something is being written already, that is as good as a heartbeat; and a ping might wait for it.
            peer.send(peer instanceof V2Peer ? OutboundFrame.PING : frame);
        }
    }

    /** How many heartbeats are due until then, counted from one part of an interval before the start. */
    private long beats(Peer peer, long time) {
        double part = Integer.toUnsignedLong(peer.id().hashCode() * SPREAD) / (double) (1L << 32);
        return (time - start + (long) (part * intervalNanos)) / intervalNanos;
    }
}
