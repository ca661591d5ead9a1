package io.embedim.testkit.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What all that was ever sent says about the logs: one entry at each place, one place for each action, and who was in. */
final class LogRules {

    private final Findings findings;
    private final Map<String, NavigableMap<Long, Fact>> logs = new HashMap<>();
    private final Map<String, String> placeOfMid = new HashMap<>();
    private final Map<String, String> placeOfAction = new HashMap<>();
    private final Map<String, Ack> acks = new HashMap<>();
    private final Map<String, String> recalls = new HashMap<>();
    private final Map<String, Long> recalledAt = new HashMap<>();
    private final Map<String, NavigableMap<Long, Boolean>> memberships = new HashMap<>();

    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> entered = new HashSet<>();
    private final Set<String> denied = new HashSet<>();
    private final Map<String, Integer> lossesBefore = new HashMap<>();

    /** What stands at a place. */
    private record Fact(String mid, String prev, String sender, String id) {}

    /** The server's word. */
    record Ack(String user, String id, String conv, String epoch, long seq, String mid, boolean afterLoss) {}

    /** Where words stand. */
    record Place(String epoch, long seq) {}

    LogRules(Findings findings) {
        this.findings = findings;
    }

    /** An entry, in whatever frame it came. */
    void entry(String user, JsonNode entry, String conv, long askedAt) {
        String epoch = entry.path("epoch").asString("");
        long seq = entry.path("seq").asLong(0);
        String mid = entry.path("mid").asString("");
        String sender = entry.path("from_user_id").asString("");
        Fact fact = new Fact(
                mid, entry.path("prev").asString(""), sender, entry.path("id").asString(""));
        String log = conv + " " + epoch;
        String place = log + " " + seq;
        lossesBefore.putIfAbsent(epoch, findings.losses());
        if (entry.has("content")) {
            places.putIfAbsent(entry.path("content").asString(""), new Place(epoch, seq));
        }
        NavigableMap<Long, Fact> facts = logs.computeIfAbsent(log, key -> new TreeMap<>());
        Fact before = facts.putIfAbsent(seq, fact);
        if (before == null) {
            Fact below = facts.get(seq - 1);
            Fact above = facts.get(seq + 1);
            findings.check(
                    below == null || below.mid().equals(fact.prev()), "L2", place + " names another one before it");
            findings.check(above == null || above.prev().equals(mid), "L2", place + " is not the one before its next");
            findings.check(Objects.equals(placeOfMid.putIfAbsent(mid, place), null), "L3", mid + " is at two places");
            action(log, place, fact);
            member(entry, log, seq);
        } else {
            findings.check(before.equals(fact), "L1", place + " is taken twice: " + before + " and " + fact);
        }
        bounds(user, conv, log, seq, entry);
        Long recalled = recalledAt.get(mid);
        findings.check(
                recalled == null || recalled > askedAt || entry.path("recalled").asBoolean(false),
                "E2",
                place + " is served with its words after it was recalled");
    }

    private void action(String log, String place, Fact fact) {
        if (!fact.id().isEmpty()) {
            String key = log + " " + fact.sender() + " " + fact.id();
            String other = placeOfAction.putIfAbsent(key, place);
            entered.add(fact.sender() + " " + fact.id());
            notDenied(fact.sender() + " " + fact.id());
            findings.check(other == null, "S3", "one action at " + other + " and at " + place);
        }
    }

    /** The server says that it will never have this. */
    void denied(String user, String id) {
        denied.add(user + " " + id);
        if (entered.contains(user + " " + id)) {
            notDenied(user + " " + id);
        }
    }

    private void notDenied(String action) {
        findings.check(!denied.contains(action), "V-ERR", action + " is in the log, and was said not to be");
    }

    private void member(JsonNode entry, String log, long seq) {
        String event = entry.path("event").asString("");
        if (event.startsWith("member_")) {
            String who = log + " " + entry.path("user_id").asString("");
            memberships.computeIfAbsent(who, key -> new TreeMap<>()).put(seq, event.equals("member_added"));
        }
    }

    /** A group's entries are for its members (M3); who was removed gets the entry that says so. */
    private void bounds(String user, String conv, String log, long seq, JsonNode entry) {
        if (!conv.startsWith("g:")) {
            boolean oneOfThem = conv.startsWith("p:" + user.length() + ":" + user + ":") || conv.endsWith(":" + user);
            findings.check(oneOfThem, "M3", user + " got an entry of " + conv);
            return;
        }
        NavigableMap<Long, Boolean> changes = memberships.get(log + " " + user);
        Map.Entry<Long, Boolean> last = changes == null ? null : changes.floorEntry(seq);
        boolean isRemoval = last != null && last.getKey() == seq;
        boolean knowsNoAdd =
                changes == null || (last == null && !changes.firstEntry().getValue());
        findings.check(
                knowsNoAdd || (last != null && (last.getValue() || isRemoval)),
                "M3",
                user + " got " + conv + " " + seq + " (" + entry.path("event").asString("") + ") and was no member");
    }

    /** Where these words were seen to stand, in whatever conversation; null where nobody has seen them in a log. */
    @Nullable
    Place placeOf(String words) {
        return places.get(words);
    }

    /** Whether an epoch was seen before the last of so many losses. */
    boolean isDead(String epoch, int losses) {
        return lossesBefore.getOrDefault(epoch, losses) < losses;
    }

    void recallSent(String id, String mid) {
        recalls.put(id, mid);
    }

    void acked(Ack ack, boolean duplicate, long now) {
        Ack before = acks.put(ack.user() + " " + ack.id(), ack);
        findings.check(
                before == null
                        || before.mid().equals(ack.mid())
                        || !before.epoch().equals(ack.epoch()),
                "S3",
                ack.id() + " is acknowledged at two places: " + before + " and " + ack);
        Fact fact = at(ack.conv(), ack.epoch(), ack.seq());
        findings.check(
                fact == null || (fact.mid().equals(ack.mid()) && fact.id().equals(ack.id())),
                "S1",
                ack + " stands where " + fact + " is");
        String target = recalls.get(ack.id());
        if (target != null && !duplicate) {
            recalledAt.putIfAbsent(target, now);
        }
    }

    /** Every acknowledged action, to be looked for. */
    Iterable<Ack> acks() {
        return acks.values();
    }

    private @Nullable Fact at(String conv, String epoch, long seq) {
        NavigableMap<Long, Fact> facts = logs.get(conv + " " + epoch);
        return facts == null ? null : facts.get(seq);
    }
}
