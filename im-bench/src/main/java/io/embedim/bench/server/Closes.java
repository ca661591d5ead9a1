package io.embedim.bench.server;

import io.embedim.ImListener;
import io.embedim.connection.CloseReason;
import io.embedim.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts how connections of the chat ended, by close code, and how old the youngest and the oldest of them were. */
final class Closes implements ImListener {

    private final Map<Integer, Ages> byCode = new TreeMap<>();

    private record Ages(int count, long least, long most) {

        static Ages of(long millis) {
            return new Ages(1, millis, millis);
        }

        Ages and(Ages other) {
            return new Ages(count + other.count, Math.min(least, other.least), Math.max(most, other.most));
        }
    }

    @Override
    public synchronized void closed(Session session, CloseReason reason) {
        long age = Duration.between(session.openedAt(), Instant.now()).toMillis();
        byCode.merge(reason.code(), Ages.of(age), Ages::and);
    }

    synchronized void reset() {
        byCode.clear();
    }

    synchronized String json() {
        return byCode.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":{\"count\":"
                        + entry.getValue().count() + ",\"least_ms\":"
                        + entry.getValue().least() + ",\"most_ms\":"
                        + entry.getValue().most() + "}")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
