package io.embedim.security;

import io.embedim.model.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who has to wait until when. Forgets who has waited long enough when it has become twice as large as what it could not forget last time. Safe for use by any thread. */
final class SlowMode {

    private static final int FEW = 1_000;

    private final ConcurrentMap<Speaker, Turn> turns = new ConcurrentHashMap<>();
    private final AtomicInteger full = new AtomicInteger(FEW);

    /** Who speaks where. Behind a claimed name there may be anybody, so there the connection counts. */
    private record Speaker(String who, GroupId group) {}

    /** When it may speak again. Compared by identity: two who speak in the same moment must not both be the first. */
    private static final class Turn {

        private final Instant at;

        Turn(Instant at) {
            this.at = at;
        }
    }

    /** Zero where it may speak now, and then its next turn is a wait away; else what is left of the wait. */
    Duration take(Actor actor, GroupId group, Duration wait, Instant now) {
        String who = actor.identity().isPresent()
                ? "user " + actor.user().value()
                : "connection " + actor.connection().value();
        Turn mine = new Turn(now.plus(wait));
        Turn next =
                turns.merge(new Speaker(who, group), mine, (before, given) -> now.isBefore(before.at) ? before : given);
        if (turns.size() > full.get()) {
            forget(now);
        }
        if (next == mine) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, next.at);
        return left.compareTo(wait) < 0 ? left : wait; // It may have been longer when the last one was said.
    }

    private void forget(Instant now) {
        turns.values().removeIf(turn -> !now.isBefore(turn.at));
        full.set(Math.max(FEW, 2 * turns.size()));
    }

    /** How many wait, or were not forgotten yet. */
    int size() {
        return turns.size();
    }
}
