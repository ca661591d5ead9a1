package io.embedim.testkit.simulation;

import io.embedim.conversation.Position;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What outlives a model server: who belongs where, and who knows of which conversation. */
final class ModelState {

    final String epoch;
    private final Map<String, Map<String, Long>> members = new HashMap<>();
    private final Map<String, Map<String, Listed>> directories = new HashMap<>();
    private final Map<String, Position> marks = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private long membershipVersion;

    record Listed(long version, boolean left) {}

    ModelState(String epoch) {
        this.epoch = epoch;
    }

    long nextMembership() {
        return ++membershipVersion;
    }

    /** The version of a membership, 0 where there is none. */
    long membership(String conv, String user) {
        return members.getOrDefault(conv, Map.of()).getOrDefault(user, 0L);
    }

    void member(String conv, String user, long version) {
        members.computeIfAbsent(conv, key -> new HashMap<>()).put(user, version);
    }

    void noMember(String conv, String user) {
        members.getOrDefault(conv, new HashMap<>()).remove(user);
    }

    Map<String, Listed> directory(String user) {
        return directories.computeIfAbsent(user, key -> new LinkedHashMap<>());
    }

    void list(String user, String conv, boolean left) {
        Listed before = directory(user).get(conv);
        if (before == null || before.left() != left) {
            directory(user).put(conv, new Listed(versions.merge(user, 1L, Long::sum), left));
        }
    }

    long version(String user) {
        return versions.getOrDefault(user, 0L);
    }

    Position mark(String key, Position position) {
        return marks.merge(
                key,
                position,
                (before, next) -> before.epoch().equals(next.epoch()) && before.seq() > next.seq() ? before : next);
    }
}
