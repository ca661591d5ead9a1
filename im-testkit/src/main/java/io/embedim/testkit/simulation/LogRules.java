package io.embedim.testkit.simulation;

import io.embedim.conversation.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What all that was ever sent says about the logs: one entry at each place, one place for each action, and who was in. */
final class LogRules {

    private final Findings findings;
    private final Map<String, Map<String, SeenLog>> logs = new HashMap<>();
    private final Map<String, Place> placeOfMid = new HashMap<>();
    private final Map<Action, Ack> acks = new HashMap<>();
    private final Map<String, String> recalls = new HashMap<>();
    private final Map<String, Long> recalledAt = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<Action> entered = new HashSet<>();
    private final Set<Action> denied = new HashSet<>();
    private final Map<String, Integer> lossesBefore = new HashMap<>();

    /** What stands at a place. */
    private record Fact(String mid, String prev, String sender, String id) {}

    /** What somebody did once. */
    private record Action(String user, String id) {}

    /** The server's word. */
    record Ack(String user, String id, String conv, String epoch, long seq, String mid, boolean afterLoss) {}

    /** Where something stands. */
    record Place(String conv, String epoch, long seq) {}

    /** All that was seen of one epoch of one conversation. */
    private static final class SeenLog {
        private final Map<Long, Fact> facts = new HashMap<>();
        private final Map<Action, Place> actions = new HashMap<>();
        private final Map<String, NavigableMap<Long, Boolean>> members = new HashMap<>();
    }

    LogRules(Findings findings) {
        this.findings = findings;
    }

    /** An entry, in whatever frame it came. */
    void entry(String user, JsonNode entry, String conv, long askedAt) {
        String epoch = entry.path("epoch").asString("");
        long seq = entry.path("seq").asLong(0);
        String mid = entry.path("mid").asString("");
        if (findings.lost().isLost(mid)) {
            findings.check(
                    !findings.lost().wasLostBefore(mid, askedAt),
                    "L4",
                    () -> conv + " " + seq + " " + mid + " is served, which the log had lost before");
            return;
        }
        SeenLog log = logs.computeIfAbsent(conv, key -> new HashMap<>()).computeIfAbsent(epoch, key -> {
            lossesBefore.putIfAbsent(epoch, findings.losses());
            return new SeenLog();
        });
        Place place = new Place(conv, epoch, seq);
        if (entry.has("content")) {
            places.putIfAbsent(entry.path("content").asString(""), place);
        }
        Fact fact = new Fact(
                mid,
                entry.path("prev").asString(""),
                entry.path("from_user_id").asString(""),
                entry.path("id").asString(""));
        Fact before = log.facts.putIfAbsent(seq, fact);
        if (before == null) {
            first(log, place, fact);
            member(log, entry, seq);
        } else {
            findings.check(before.equals(fact), "L1", () -> place + " is taken twice: " + before + " and " + fact);
        }
        bounds(user, log, place, entry);
        Long recalled = recalledAt.get(mid);
        findings.check(
                recalled == null || recalled > askedAt || entry.path("recalled").asBoolean(false),
                "E2",
                () -> place + " is served with its words after it was recalled");
    }

    private void first(SeenLog log, Place place, Fact fact) {
        Fact below = log.facts.get(place.seq() - 1);
        Fact above = log.facts.get(place.seq() + 1);
        findings.check(
                below == null || below.mid().equals(fact.prev()), "L2", () -> place + " names another one before it");
        findings.check(
                above == null || above.prev().equals(fact.mid()),
                "L2",
                () -> place + " is not the one before its next");
        Place elsewhere = placeOfMid.putIfAbsent(fact.mid(), place);
        findings.check(elsewhere == null, "L3", () -> fact.mid() + " is at two places");
        if (!fact.id().isEmpty()) {
            Action action = new Action(fact.sender(), fact.id());
            Place other = log.actions.putIfAbsent(action, place);
            entered.add(action);
            notDenied(action);
            findings.check(other == null, "S3", () -> "one action at " + other + " and at " + place);
        }
    }

    /** The log goes on without its newest entries: their places are free, and what they did has not been done. */
    void lost(List<LostEntry> entries) {
        for (LostEntry entry : entries) {
            Position at = entry.position();
            SeenLog log = logs.getOrDefault(entry.conv(), Map.of()).get(at.epoch());
            if (log != null) {
                log.facts.remove(at.seq());
                log.actions.values().removeIf(place -> place.seq() == at.seq());
            }
            recalledAt.remove(entry.recalled());
        }
    }

    /** The server says that it will never have this. */
    void denied(String user, String id) {
        Action action = new Action(user, id);
        denied.add(action);
        if (entered.contains(action)) {
            notDenied(action);
        }
    }

    private void notDenied(Action action) {
        findings.check(!denied.contains(action), "V-ERR", () -> action + " is in the log, and was said not to be");
    }

    private static void member(SeenLog log, JsonNode entry, long seq) {
        String event = entry.path("event").asString("");
        if (event.startsWith("member_")) {
            String who = entry.path("user_id").asString("");
            log.members.computeIfAbsent(who, key -> new TreeMap<>()).put(seq, event.equals("member_added"));
        }
    }

    /** A group's entries are for its members (M3); who was removed gets the entry that says so. */
    private void bounds(String user, SeenLog log, Place place, JsonNode entry) {
        String conv = place.conv();
        if (!conv.startsWith("g:")) {
            findings.check(isOneOf(conv, user), "M3", () -> user + " got an entry of " + conv);
            return;
        }
        NavigableMap<Long, Boolean> changes = log.members.get(user);
        Map.Entry<Long, Boolean> last = changes == null ? null : changes.floorEntry(place.seq());
        boolean isRemoval = last != null && last.getKey() == place.seq();
        boolean knowsNoAdd =
                changes == null || (last == null && !changes.firstEntry().getValue());
        findings.check(
                knowsNoAdd
                        || (last != null
                                && (last.getValue() || isRemoval || isUnseen(log, last.getKey(), place.seq()))),
                "M3",
                () -> user + " got " + place + " (" + entry.path("event").asString("") + ") and was no member");
    }

    /** Whether anything between two places was never sent to anybody: who was added there, and the entry let go of before somebody asked, is not known here. */
    private static boolean isUnseen(SeenLog log, long from, long to) {
        for (long seq = from + 1; seq < to; seq++) {
            if (!log.facts.containsKey(seq)) {
                return true;
            }
        }
        return false;
    }

    /** Whom the log of a group names as members, as far as it was seen: who was added or removed last, where, and whether it was added. */
    Map<String, Map.Entry<Long, Boolean>> lastChanges(String conv, String epoch) {
        SeenLog log = logs.getOrDefault(conv, Map.of()).get(epoch);
        Map<String, Map.Entry<Long, Boolean>> last = new HashMap<>();
        if (log != null) {
            log.members.forEach((user, changes) -> last.put(user, changes.lastEntry()));
        }
        return last;
    }

    /** Whether a pair is this user's. */
    static boolean isOneOf(String conv, String user) {
        return conv.endsWith(":" + user) || conv.startsWith("p:" + user.length() + ":" + user + ":");
    }

    /** Where these words were seen to stand, in whatever conversation; null where nobody has seen them in a log. */
    @Nullable
    Place placeOf(String words) {
        return places.get(words);
    }

    /** Whether an entry is gone from a log that goes on. */
    boolean isLost(String mid) {
        return findings.lost().isLost(mid);
    }

    /** Whether an epoch was seen before the last of so many losses. */
    boolean isDead(String epoch, int losses) {
        return lossesBefore.getOrDefault(epoch, losses) < losses;
    }

    void recallSent(String id, String mid) {
        recalls.put(id, mid);
    }

    void acked(Ack ack, boolean duplicate, long askedAt, long now) {
        if (findings.lost().isLost(ack.mid())) {
            findings.check(
                    !findings.lost().wasLostBefore(ack.mid(), askedAt),
                    "S3",
                    () -> ack + " is acknowledged, which the log had lost before");
            return;
        }
        Ack before = acks.put(new Action(ack.user(), ack.id()), ack);
        findings.check(
                before == null
                        || before.mid().equals(ack.mid())
                        || findings.lost().isLost(before.mid())
                        || !before.epoch().equals(ack.epoch()),
                "S3",
                () -> ack.id() + " is acknowledged at two places: " + before + " and " + ack);
        SeenLog log = logs.getOrDefault(ack.conv(), Map.of()).get(ack.epoch());
        Fact fact = log == null ? null : log.facts.get(ack.seq());
        findings.check(
                fact == null || (fact.mid().equals(ack.mid()) && fact.id().equals(ack.id())),
                "S1",
                () -> ack + " stands where " + fact + " is");
        String target = recalls.get(ack.id());
        if (target != null && !duplicate) {
            recalledAt.putIfAbsent(target, now);
        }
    }

    /** Every acknowledged action, to be looked for. */
    Iterable<Ack> acks() {
        return acks.values();
    }
}
