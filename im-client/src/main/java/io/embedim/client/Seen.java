package io.embedim.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which messages have been shown, by mid and by sender and id (S5); bounded, the oldest are forgotten first. */
final class Seen {

    private static final int MOST = 20_000;

    private final Map<String, Boolean> keys = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    boolean contains(Entry message) {
        return containsMid(message.position().mid())
                || (!message.id().isEmpty() && keys.containsKey(ofAction(message)));
    }

    boolean containsMid(String mid) {
        return keys.containsKey("m" + mid);
    }

    void add(Entry message) {
        keys.put("m" + message.position().mid(), true);
        if (!message.id().isEmpty()) {
            keys.put(ofAction(message), true);
        }
    }

    private static String ofAction(Entry message) {
        return "i" + message.id() + " " + message.sender();
    }
}
