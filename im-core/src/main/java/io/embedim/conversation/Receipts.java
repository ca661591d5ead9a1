package io.embedim.conversation;

import io.embedim.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which actions one conversation has taken already, oldest first. For holders of the conversation's lock. */
final class Receipts {

    private final Map<Key, Known> known = new LinkedHashMap<>();

    private record Key(UserId sender, String id) {}

    private record Known(String hash, Position position, Instant at) {}

    int size() {
        return known.size();
    }

    /** What a repetition is answered, or null where it is none. */
    @Nullable
    Outcome find(UserId sender, Once once) {
        Known first = known.get(new Key(sender, once.id()));
        if (first == null) {
            return null;
        }
        return first.hash().equals(once.hash()) ? new Receipt(first.position(), first.at(), true) : Refusal.ID_TAKEN;
    }

    void add(UserId sender, Once once, Position position, Instant at) {
        known.put(new Key(sender, once.id()), new Known(once.hash(), position, at));
    }

    /** Forgets what is older than the window. */
    void expire(Duration window, Instant now) {
        Instant oldest = now.minus(window);
        Iterator<Known> all = known.values().iterator();
        while (all.hasNext() && all.next().at().isBefore(oldest)) {
            all.remove();
        }
    }
}
