package io.embedim.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server acknowledged lately, so that its loss is seen; and what was offered to the user to be said again (S5). */
final class Acks {

    private static final int MOST = 10_000;

    private record Acked(Pending pending, Position position) {}

    private final Desk desk;
    private final Map<String, Acked> recent = new LinkedHashMap<>();
    private final Map<String, Pending> offered = new LinkedHashMap<>();

    Acks(Desk desk) {
        this.desk = desk;
    }

    void add(Pending pending, Position position) {
        forgetOld();
        recent.put(pending.id, new Acked(pending, position));
    }

    /** What is not in the page that was read after a reset, and would be if the log still had it. */
    void offerLost(String conv, List<Entry> page, long floor) {
        forgetOld();
        long first = page.isEmpty() ? 0 : page.get(0).position().seq();
        for (Acked acked : new ArrayList<>(recent.values())) {
            if (!acked.pending().conv.equals(conv) || isIn(page, acked)) {
                continue;
            }
            boolean below = first > floor
                    && acked.position().seq() < first
                    && acked.position().epoch().equals(page.get(0).position().epoch());
            if (!below) {
                recent.remove(acked.pending().id);
                if (!acked.pending().isTooOld(desk)) {
                    offer(acked.pending(), true);
                }
            }
        }
    }

    void offer(Pending pending, boolean acked) {
        offered.put(pending.id, pending);
        if (offered.size() > MOST) {
            offered.remove(offered.keySet().iterator().next());
        }
        desk.tell(new ChatEvent.ResendOffered(pending.id, pending.conv, pending.content, acked));
    }

    /** An offer that the user takes, or null where there is none. Where the server has forgotten the id, receivers still know it. */
    @Nullable
    Pending take(String id) {
        Pending pending = offered.remove(id);
        if (pending != null) {
            pending.out = false;
            pending.due = 0;
            pending.firstSent = Pending.NOT_YET;
        }
        return pending;
    }

    private boolean isIn(List<Entry> page, Acked acked) {
        return page.stream()
                .anyMatch(
                        entry -> entry.position().mid().equals(acked.position().mid())
                                || (entry.id().equals(acked.pending().id)
                                        && entry.sender().equals(desk.user)));
    }

    /** They came nearly in the order of their age. */
    private void forgetOld() {
        Iterator<Acked> eldest = recent.values().iterator();
        while (eldest.hasNext() && (eldest.next().pending().isTooOld(desk) || recent.size() > MOST)) {
            eldest.remove();
        }
    }
}
