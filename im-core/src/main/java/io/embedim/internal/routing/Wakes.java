package io.embedim.internal.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outboxes that one fan-out has put something into, brought to their lanes together: a lane is locked once for all of them. A task that is started for the first would be done with it before the second
 * comes, and would end; to wake a thread for each costs more than to write. For one thread.
 */
final class Wakes {

    private final List<Lane> lanes;
    private final @Nullable Outbox[] first;
    private final @Nullable Outbox[] last;
    private final int[] sizes;
    private final int size;
    private boolean here = true;

    /** @param size of the fan-out */
    Wakes(List<Lane> lanes, int size) {
        this.lanes = lanes;
        this.size = size;
        this.first = new Outbox[lanes.size()];
        this.last = new Outbox[lanes.size()];
        this.sizes = new int[lanes.size()];
    }

    /** One that has something to write for its lane, and is in no lane. */
    void add(Lane lane, Outbox outbox) {
        here = here && size <= outbox.writtenByWhoBrings();
        int which = lanes.indexOf(lane);
        Outbox before = last[which];
        if (before == null) {
            first[which] = outbox;
        } else {
            before.isFollowedBy(outbox);
        }
        last[which] = outbox;
        sizes[which]++;
    }

    /** Brings them to their lanes, or writes to them; none is left. Whoever has added some must come here, whatever happens. */
    void go() {
        Outbox mine = null;
        for (int i = 0; i < sizes.length; i++) {
            Outbox head = first[i];
            Outbox tail = last[i];
            if (head != null && tail != null) {
                int added = sizes[i];
                first[i] = null;
                last[i] = null;
                sizes[i] = 0;
                if (here && lanes.get(i).isForWhoBrings()) {
                    tail.isFollowedBy(mine);
                    mine = head;
                } else {
                    lanes.get(i).add(head, tail, added);
                }
            }
        }
        if (mine != null) {
            write(mine, lanes.get(0).now());
        }
    }

    private static void write(Outbox head, long now) {
        Write free = new Write();
        free.since = now;
        for (Outbox outbox = head; outbox != null; ) {
            Outbox next = outbox.following();
            free = outbox.drain(free, true);
            outbox = next;
        }
    }
}
