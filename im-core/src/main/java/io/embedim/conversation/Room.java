package io.embedim.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much all conversations of a process keep together, and who has to give something up. */
final class Room {

    /** From how many the one that was idle longest is chosen. */
    private static final int SAMPLE = 16;

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    private final LogLimits limits;
    private final Map<ConversationId, ConversationLog> logs;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean squeezing = new AtomicBoolean();
    private Iterator<ConversationLog> hand;
    private Instant nextSweep = Instant.MIN;

    Room(LogLimits limits, Map<ConversationId, ConversationLog> logs) {
        this.limits = limits;
        this.logs = logs;
        this.hand = logs.values().iterator();
    }

    LogLimits limits() {
        return limits;
    }

    /** What a conversation keeps has changed. */
    void changed(long moreBytes, int moreIds) {
        if (moreBytes != 0) {
            bytes.addAndGet(moreBytes);
        }
        if (moreIds != 0) {
            ids.addAndGet(moreIds);
        }
    }

    boolean hasRoomForId(Instant now) {
        return ids.get() < limits.dedupeIds() || sweep(now);
    }

    String full() {
        return limits.dedupeIds() + " ids of the last " + limits.dedupeWindow() + " are known, and no more can be";
    }

    /** Forgets ids that are old enough, once a second at most. */
    private synchronized boolean sweep(Instant now) {
        if (!now.isBefore(nextSweep)) {
            nextSweep = now.plus(BETWEEN_SWEEPS);
            logs.values().forEach(log -> changed(0, -log.expire(limits.dedupeWindow(), now)));
        }
        return ids.get() < limits.dedupeIds();
    }

    /** Takes from conversations until all of them together are within the bound. */
    void squeeze() {
        while (bytes.get() > limits.totalBytes() && squeezing.compareAndSet(false, true)) {
            try {
                ConversationLog idle = idlest();
                if (idle == null) {
                    return;
                }
                changed(-idle.halve(), 0);
            } finally {
                squeezing.set(false);
            }
        }
    }

    private @Nullable ConversationLog idlest() {
        ConversationLog found = null;
        int seen = 0;
        for (int looked = 0; seen < SAMPLE && looked <= logs.size(); looked++) {
            if (!hand.hasNext()) {
                hand = logs.values().iterator();
                if (!hand.hasNext()) {
                    return null;
                }
            }
            ConversationLog next = hand.next();
            if (next.keepsEntries()) {
                seen++;
                found = found == null || next.lastUse() < found.lastUse() ? next : found;
            }
        }
        return found;
    }
}
