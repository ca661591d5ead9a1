package io.embedim.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What one connection may carry, in its order: pages, then live entries without a hole, and nothing live before (P2). */
final class WireRules {

    private static final int BAD_REQUEST = 400;
    private static final long NOT_LIVE = -1;
    private static final long FROM_ANYWHERE = 0;

    private final Findings findings;
    private final LogRules log;
    private final MarkRules marks;
    private final World world;
    private final String user;
    private final Map<String, Long> askedAt = new HashMap<>();
    /** The first attempt on this connection. */
    private final Map<String, Long> askedFirst = new HashMap<>();

    private final Map<String, Long> next = new HashMap<>();
    private final Map<String, Long> asked = new HashMap<>();
    private final Map<String, String> askedFrom = new HashMap<>();
    private final Map<String, JsonNode> last = new HashMap<>();
    private final Map<String, JsonNode> pages = new HashMap<>();
    private final int losses;
    private JsonNode features = MissingNode.getInstance();

    WireRules(World world, LogRules log, MarkRules marks, String user) {
        this.findings = world.findings();
        this.log = log;
        this.marks = marks;
        this.world = world;
        this.user = user;
        this.losses = findings.losses();
    }

    void sent(String text) {
        each(text, frame -> {
            String id = frame.path("id").asString("");
            askedAt.put(id, world.time().millis());
            askedFirst.putIfAbsent(id, world.time().millis());
            switch (frame.path("event").asString("")) {
                case "recall" ->
                    log.recallSent(id, frame.path("target").path("mid").asString(""));
                case "sync" ->
                    frame.path("conversations")
                            .forEach(one -> asked(one.path("conv").asString(""), one));
                case "speak" -> {
                    if (frame.has("to_user_id")) {
                        marks.spoke(user, frame.path("to_user_id").asString(""));
                    }
                }
                case "join" -> asked("g:" + frame.path("group_id").asString(""), frame);
                default -> {
                    // Nothing to remember.
                }
            }
        });
    }

    private void asked(String conv, JsonNode one) {
        boolean last = one.has("last");
        askedFrom.put(conv, one.path("position").path("mid").asString(""));
        asked.put(conv, last ? FROM_ANYWHERE : one.path("position").path("seq").asLong(0));
    }

    void received(String text) {
        each(text, frame -> {
            JsonNode data = frame.path("data");
            String conv = data.path("conv").asString("");
            switch (data.path("event").asString("")) {
                case "message", "edit", "recall", "member_added", "member_removed" -> live(conv, data);
                case "sync" -> page(conv, data);
                case "history" -> entries(conv, data);
                case "changed" -> next.put(conv, NOT_LIVE);
                case "ack" -> acked(conv, data);
                case "read", "recv" -> marks.told(user, data, world.time().millis());
                case "hello" -> features = data.path("features");
                case "typing" -> typing(conv, data);
                case "presence" -> marks.presence(user, data);
                case "left" -> next.put(conv, NOT_LIVE);
                case "error" -> {
                    boolean stored = data.path("committed").asBoolean(true);
                    if (frame.path("code").asInt(0) == BAD_REQUEST && !stored) {
                        log.denied(user, data.path("id").asString(""));
                    }
                }
                default -> {
                    // Nothing of a log.
                }
            }
        });
    }

    private void live(String conv, JsonNode data) {
        long seq = data.path("seq").asLong(0);
        long expected = next.getOrDefault(conv, NOT_LIVE);
        Supplier<String> what = () -> data.path("event").asString("") + " " + seq + " of " + conv;
        findings.check(
                expected != NOT_LIVE, "P2", () -> what.get() + " came live to " + user + " where it was not live");
        findings.check(
                expected == NOT_LIVE || expected == FROM_ANYWHERE || expected == seq,
                "P2",
                () -> what.get() + " came live to " + user + " where " + expected + " was next");
        next.put(conv, isOver(data) ? NOT_LIVE : seq + 1);
        follows(conv, data, what);
        epoch(data, what);
        log.entry(user, data, conv, -1);
    }

    private void follows(String conv, JsonNode data, Supplier<String> what) {
        JsonNode before = last.put(conv, data);
        boolean next = before != null
                && before.path("seq").asLong(0) == data.path("seq").asLong(0) - 1;
        findings.check(
                !next
                        || findings.lost().isLost(before.path("mid").asString(""))
                        || before.path("mid")
                                .asString("")
                                .equals(data.path("prev").asString("")),
                "L2",
                () -> what.get() + " came to " + user + " behind another one than it names");
    }

    /** A log that was lost before this connection began is no more spoken of. */
    private void epoch(JsonNode data, Supplier<String> what) {
        findings.check(
                !log.isDead(data.path("epoch").asString(""), losses),
                "L4",
                () -> what.get() + " is of a log that was lost before");
    }

    private boolean isOver(JsonNode entry) {
        return entry.path("event").asString("").equals("member_removed")
                && entry.path("user_id").asString("").equals(user);
    }

    /** Who types is heard where one is live, and in pairs. */
    private void typing(String conv, JsonNode data) {
        boolean hears =
                conv.startsWith("g:") ? next.getOrDefault(conv, NOT_LIVE) != NOT_LIVE : LogRules.isOneOf(conv, user);
        boolean own = data.path("user_id").asString("").equals(user);
        findings.check(hears && !own, "TYPING", () -> user + " hears who types in " + conv + ": " + data);
    }

    /** Whether the server has said that it answers a kind of request. */
    boolean has(String feature) {
        return features.valueStream().anyMatch(one -> one.asString("").equals(feature));
    }

    /** The last page of a conversation on this connection, or null. */
    @Nullable
    JsonNode page(String conv) {
        return pages.get(conv);
    }

    private void page(String conv, JsonNode data) {
        String status = data.path("status").asString("");
        long end = entries(conv, data);
        pages.put(conv, data);
        marks.page(user, data, askedAt.getOrDefault(data.path("id").asString(""), 0L));
        boolean live = status.equals("ok")
                || (status.equals("trimmed") && !data.path("more").asBoolean(false));
        if (!live) {
            findings.check(
                    !status.equals("reset")
                            || findings.wasLogLost()
                            || findings.lost().isLost(askedFrom.getOrDefault(conv, "")),
                    "P3",
                    () -> conv + " is reset and nothing was lost");
            if (status.equals("reset")) {
                last.remove(conv);
            }
            next.put(conv, NOT_LIVE);
        } else if (end > 0) {
            next.put(conv, end + 1);
        } else {
            long from = status.equals("trimmed")
                    ? data.path("floor").asLong(1) - 1
                    : asked.getOrDefault(conv, FROM_ANYWHERE);
            next.put(conv, from == 0 ? FROM_ANYWHERE : from + 1);
        }
    }

    /** The last place of a page, 0 where it has none. */
    private long entries(String conv, JsonNode data) {
        long requested = askedAt.getOrDefault(data.path("id").asString(""), -1L);
        boolean history = data.path("event").asString("").equals("history");
        long end = 0;
        for (JsonNode entry : data.path("messages")) {
            long seq = entry.path("seq").asLong(0);
            boolean follows = end == 0 || seq == end + 1;
            findings.check(follows, "L1", () -> "a page of " + conv + " has a hole before " + seq);
            end = seq;
            if (!history) {
                follows(conv, entry, () -> "an entry of a page");
            }
            log.entry(user, entry, conv, requested);
        }
        return end;
    }

    private void acked(String conv, JsonNode data) {
        epoch(data, () -> "an ack of " + conv);
        log.acked(
                new LogRules.Ack(
                        user,
                        data.path("id").asString(""),
                        conv,
                        data.path("epoch").asString(""),
                        data.path("seq").asLong(0),
                        data.path("mid").asString(""),
                        findings.wasLogLost()),
                data.path("dup").asBoolean(false),
                askedFirst.getOrDefault(data.path("id").asString(""), 0L),
                world.time().millis());
    }

    private void each(String text, Consumer<JsonNode> what) {
        JsonNode value = world.json(text);
        if (value.isArray()) {
            value.forEach(what);
        } else {
            what.accept(value);
        }
    }
}
