package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.monitor.ServerStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Sessions that have ended, by close code. Clients may close with any code, so those that nobody here uses are one. */
final class CloseCounters {

    private static final List<Integer> OF_CLIENTS = List.of(1001, 1005, 1011);

    private static final List<CloseReason> OF_THE_CORE = List.of(
            CloseReason.NORMAL,
            CloseReason.LOST,
            CloseReason.NOT_TEXT,
            CloseReason.NOT_JSON,
            CloseReason.INVALID,
            CloseReason.TOO_LONG,
            CloseReason.GOING_AWAY,
            CloseReason.SLOW_CONSUMER,
            CloseReason.IDLE,
            CloseReason.TOO_FAST,
            CloseReason.TOO_MANY_CONNECTIONS,
            CloseReason.UNAUTHENTICATED,
            CloseReason.EXPIRED,
            CloseReason.KICKED,
            CloseReason.REPLACED,
            CloseReason.BANNED,
            CloseReason.PROTOCOL);

    private final Map<Integer, LongAdder> known = new HashMap<>();
    private final LongAdder others = new LongAdder();

    CloseCounters() {
        OF_CLIENTS.forEach(code -> known.put(code, new LongAdder()));
        OF_THE_CORE.forEach(reason -> known.put(reason.code(), new LongAdder()));
        known.put(ServerStats.OTHER_CODES, others);
    }

    void count(CloseReason reason) {
        known.getOrDefault(reason.code(), others).increment();
    }

    Map<Integer, Long> read() {
        Map<Integer, Long> counts = new HashMap<>();
        known.forEach((code, counter) -> counts.put(code, counter.sum()));
        return counts;
    }
}
