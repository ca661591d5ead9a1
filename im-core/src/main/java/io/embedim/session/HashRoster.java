package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash table that is sorted: add, remove and find cost O(1), and a page costs O(page) wherever it begins, whatever was added or removed since the page before.
 *
 * <p>Open addressing with linear probing, where an entry's home is given by the <em>high</em> bits of its {@link SessionEntry#order}, a run is kept in order and
 * nothing wraps around. So the whole table is in order, and growing it keeps the order. Between an entry's home and its place there is no hole. One reference
 * for each entry, and up to three holes.
 */
final class HashRoster implements Roster {

    private static final int MIN_BITS = 2;

    /** How many places behind the last home runs may spill over before the table gets longer. */
    private static final int SPILL = 4;

    private @Nullable SessionEntry[] table = new @Nullable SessionEntry[(1 << MIN_BITS) + SPILL];
    private int bits = MIN_BITS;
    private int size;

    @Override
    public HashRoster plus(SessionEntry entry) {
        if ((size + 1L) * 4 > 3L << bits) {
            rehash(bits + 1);
        }
        insert(entry, place(entry.order, entry.session().id()));
        size++;
        return this;
    }

    @Override
    public boolean minus(SessionEntry entry) {
        int at = place(entry.order, entry.session().id());
        // What stands behind and not at home moves up, so that no hole comes between it and its home.
        while (at + 1 < table.length) {
            SessionEntry next = table[at + 1];
            if (next == null || home(next.order) > at) {
                break;
            }
            table[at] = next;
            at++;
        }
        table[at] = null;
        size--;
        if (bits > MIN_BITS && size * 8L < 1L << bits) {
            rehash(bits - 1);
        }
        return size == 0;
    }

    @Nullable
    SessionEntry find(ConnectionId id) {
        int order = SessionEntry.order(id);
        SessionEntry found = at(place(order, id));
        return found != null && found.order == order && found.session().id().equals(id) ? found : null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Page<Session> page(PageRequest page) {
        List<Session> items = new ArrayList<>(Math.min(page.limit(), size));
        for (int i = start(page.after()); i < table.length; i++) {
            SessionEntry entry = table[i];
            if (entry == null) {
                continue;
            }
            if (items.size() == page.limit()) {
                return new Page<>(items, items.get(items.size() - 1).id().value());
            }
            items.add(entry.session());
        }
        return new Page<>(items, null);
    }

    private int start(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        ConnectionId cursor = new ConnectionId(after);
        int order = SessionEntry.order(cursor);
        int place = place(order, cursor);
        SessionEntry there = at(place);
        return there != null && there.compareTo(order, cursor) == 0 ? place + 1 : place;
    }

    /** Where an entry is, or where it would be inserted. */
    private int place(int order, ConnectionId id) {
        int i = home(order);
        while (i < table.length) {
            SessionEntry entry = table[i];
            if (entry == null || entry.compareTo(order, id) >= 0) {
                break;
            }
            i++;
        }
        return i;
    }

    private @Nullable SessionEntry at(int place) {
        return place < table.length ? table[place] : null;
    }

    private void insert(SessionEntry entry, int place) {
        int hole = place;
        while (hole < table.length && table[hole] != null) {
            hole++;
        }
        if (hole == table.length) {
            table = Arrays.copyOf(table, table.length + SPILL);
        }
        System.arraycopy(table, place, table, place + 1, hole - place);
        table[place] = entry;
    }

    private void rehash(int newBits) {
        @Nullable SessionEntry[] old = table;
        bits = newBits;
        table = new @Nullable SessionEntry[(1 << newBits) + SPILL];
        int free = 0;
        for (SessionEntry entry : old) {
            if (entry != null) {
                int place = Math.max(free, home(entry.order));
                insert(entry, place);
                free = place + 1;
            }
        }
    }

    private int home(int order) {
        return order >>> (Integer.SIZE - bits);
    }
}
