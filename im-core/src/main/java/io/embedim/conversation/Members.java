package io.embedim.conversation;

import io.embedim.model.UserId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has been added to one conversation, and removed. For holders of the conversation's lock. */
final class Members {

    private final Map<UserId, Span> spans = new HashMap<>();

    /**
     * What a member may see.
     *
     * @param version the membership's
     * @param first the entry that added it
     * @param prev the mid of the entry before that
     * @param last the entry that removed it, or null while it is a member
     */
    record Span(
            long version,
            EntryRef first,
            String prev,
            @Nullable EntryRef last) {}

    boolean isEmpty() {
        return spans.isEmpty();
    }

    @Nullable
    Span of(UserId user) {
        return spans.get(user);
    }

    boolean holds(Fence fence) {
        Span span = spans.get(fence.user());
        return span != null && span.last() == null && fence.fits(span.version());
    }

    void add(UserId user, long version, EntryRef entry, String prev) {
        spans.put(user, new Span(version, entry, prev, null));
    }

    /** Those of whose time nothing is left are forgotten with it. */
    void remove(UserId user, EntryRef entry, long floor) {
        spans.computeIfPresent(user, (key, span) -> new Span(span.version(), span.first(), span.prev(), entry));
        spans.values().removeIf(span -> span.last() != null && span.last().seq() < floor);
    }
}
