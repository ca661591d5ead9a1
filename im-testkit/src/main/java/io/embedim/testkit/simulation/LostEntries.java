package io.embedim.testkit.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The entries that logs have lost while they went on, and when. What was under way by then may still arrive. */
final class LostEntries {

    private final Map<String, Long> mids = new HashMap<>();
    private final Set<String> conversations = new HashSet<>();

    void add(List<LostEntry> lost, long now) {
        for (LostEntry entry : lost) {
            mids.put(entry.mid(), now);
            conversations.add(entry.conv());
        }
    }

    boolean isLost(String mid) {
        return mids.containsKey(mid);
    }

    /** Whether an entry was gone before some time. */
    boolean wasLostBefore(String mid, long time) {
        Long at = mids.get(mid);
        return at != null && at < time;
    }

    boolean isEmpty() {
        return mids.isEmpty();
    }

    /** Whether a conversation has lost anything. */
    boolean concern(String conv) {
        return conversations.contains(conv);
    }
}
