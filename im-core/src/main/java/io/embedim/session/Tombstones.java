package io.embedim.session;

import io.embedim.model.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which connections were removed lately, so that a put that comes late does not bring one back. Bounded in number and, at each use, in time. Guarded by the store's lock. */
final class Tombstones {

    static final int MAX = 10_000;
    static final Duration AGE = Duration.ofMinutes(10);

    private final Map<ConnectionId, Instant> removedAt = new LinkedHashMap<>();

    void add(ConnectionId id, Instant now) {
        removedAt.remove(id);
        removedAt.put(id, now);
        prune(now);
    }

    boolean contains(ConnectionId id, Instant now) {
        prune(now);
        return removedAt.containsKey(id);
    }

    private void prune(Instant now) {
        Instant tooOld = now.minus(AGE);
        Iterator<Instant> oldestFirst = removedAt.values().iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next().isAfter(tooOld) && removedAt.size() <= MAX) {
                return;
            }
            oldestFirst.remove();
        }
    }
}
