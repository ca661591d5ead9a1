package io.embedim.testkit.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What was said that is no entry: how far each user has read, and who has ever spoken with whom. */
final class MarkRules {

    private static final Set<String> KINDS = Set.of("read", "recv");

    private final Findings findings;
    /** By user, conversation, epoch and kind: what was confirmed by when. */
    private final Map<Key, NavigableMap<Long, Long>> confirmed = new HashMap<>();

    private final Set<String> spoken = new HashSet<>();

    private record Key(String user, String conv, String epoch, String kind) {}

    MarkRules(Findings findings) {
        this.findings = findings;
    }

    /** The server has told a user where its own mark stands. */
    void told(String user, JsonNode mark, long now) {
        if (mark.path("user_id").asString("").equals(user)) {
            JsonNode at = mark.path("position");
            if (findings.lost().isLost(at.path("mid").asString(""))) {
                return;
            }
            String kind = mark.path("event").asString("");
            Key key = new Key(
                    user, mark.path("conv").asString(""), at.path("epoch").asString(""), kind);
            NavigableMap<Long, Long> known = confirmed.computeIfAbsent(key, any -> new TreeMap<>());
            long before = known.isEmpty() ? 0 : known.lastEntry().getValue();
            known.put(now, Math.max(before, at.path("seq").asLong(0)));
        }
    }

    /** A mark on an entry that is gone reads as none. */
    void lost(List<LostEntry> entries) {
        for (LostEntry entry : entries) {
            confirmed.keySet().removeIf(key -> key.conv.equals(entry.conv()));
        }
    }

    /** A page that was asked for at some time has the marks as they were then, or further on (W1). */
    void page(String user, JsonNode page, long askedAt) {
        String conv = page.path("conv").asString("");
        String epoch = page.path("top").path("epoch").asString("");
        for (String kind : KINDS) {
            NavigableMap<Long, Long> known = confirmed.get(new Key(user, conv, epoch, kind));
            Map.Entry<Long, Long> before = known == null ? null : known.lowerEntry(askedAt);
            if (before != null && page.has(kind)) {
                long told = at(page.path(kind), epoch);
                findings.check(
                        told >= before.getValue(),
                        "W1",
                        () -> user + "'s mark " + kind + " in " + conv + " went back from " + before.getValue() + " to "
                                + told);
            }
        }
    }

    /** Where a mark is, in the present log. */
    static long at(JsonNode mark, String epoch) {
        return mark.path("epoch").asString("").equals(epoch) ? mark.path("seq").asLong(0) : 0;
    }

    void spoke(String user, String other) {
        spoken.add(user + " " + other);
        spoken.add(other + " " + user);
    }

    /** Strangers are offline for each other. */
    void presence(String user, JsonNode answer) {
        for (JsonNode one : answer.path("users")) {
            String other = one.path("user_id").asString("");
            boolean online = one.path("online").asBoolean(false);
            findings.check(
                    !online || other.equals(user) || spoken.contains(user + " " + other),
                    "PRESENCE",
                    () -> user + " is told that " + other + " is online, and has never spoken with it");
        }
    }
}
