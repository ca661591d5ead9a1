package io.embedim.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often a conversation may hear that somebody types. */
final class Throttle {

    private static final long PAUSE_MILLIS = 3_000;
    private static final int MOST = 100;

    private final Desk desk;
    private final Map<String, Long> last = new LinkedHashMap<>();

    Throttle(Desk desk) {
        this.desk = desk;
    }

    boolean allows(String conv) {
        Long before = last.get(conv);
        if (!desk.isReady() || (before != null && desk.now() - before < PAUSE_MILLIS)) {
            return false;
        }
        last.remove(conv);
        last.put(conv, desk.now());
        if (last.size() > MOST) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }
}
