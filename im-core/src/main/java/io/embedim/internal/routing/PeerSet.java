package io.embedim.internal.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The local connections of one user or one group: join and leave in constant time, and a fan-out that holds no lock.
 *
 * <p>The members stand densely in an array; who leaves is replaced by the last one, so each entry knows its place. A fan-out reads a copy that is made again only after a change, and
 * so costs never more than the fan-out itself.
 */
final class PeerSet<K> {

    private static final Peer[] NOBODY = {};
    private static final Entry<?>[] NONE = {};
    private static final int RETIRED = -1;

    private final K key;
    private @Nullable Entry<?> first; // Most users have one connection, and need no array.
    private @Nullable Entry<?>[] others = NONE;
    private int size; // RETIRED when the last one has left.
    private Peer @Nullable [] snapshot = NOBODY;

    PeerSet(K key) {
        this.key = key;
    }

    /** A connection's place in a set. */
    static final class Entry<K> {

        final PeerSet<K> set;
        final Peer peer;
        private int place;

        private Entry(PeerSet<K> set, Peer peer, int place) {
            this.set = set;
            this.peer = peer;
            this.place = place;
        }

        /** Whose set it is: one object for all its members, however many equal ones came with their frames. */
        K key() {
            return set.key;
        }
    }

    /** Null where the set has been given up and another must be made. */
    synchronized @Nullable Entry<K> add(Peer peer) {
        if (size == RETIRED) {
            return null;
        }
        if (size > others.length) {
            others = Arrays.copyOf(others, size + Math.max(2, size >> 1));
        }
        Entry<K> entry = new Entry<>(this, peer, size);
        put(size++, entry);
        snapshot = null;
        return entry;
    }

    /** True where nobody is left and the set takes nobody more. */
    synchronized boolean remove(Entry<K> entry) {
        int place = entry.place;
        if (place >= 0) {
            Entry<?> last = at(--size);
            put(size, null);
            if (last != null && last != entry) {
                put(place, last);
                last.place = place;
            }
            entry.place = -1;
            snapshot = null;
            if (size < others.length >> 2 && others.length > 8) {
                others = Arrays.copyOf(others, others.length >> 1);
            }
        }
        if (size == 0) {
            size = RETIRED;
        }
        return size == RETIRED;
    }

    synchronized int size() {
        return Math.max(0, size);
    }

    /** The members at this moment; not to be changed. */
    synchronized Peer[] snapshot() {
        Peer[] copy = snapshot;
        if (copy == null) {
            copy = new Peer[size()];
            for (int i = 0; i < copy.length; i++) {
                Entry<?> entry = at(i);
                if (entry != null) {
                    copy[i] = entry.peer;
                }
            }
            snapshot = copy;
        }
        return copy;
    }

    private @Nullable Entry<?> at(int place) {
        return place == 0 ? first : others[place - 1];
    }

    private void put(int place, @Nullable Entry<?> entry) {
        if (place == 0) {
            first = entry;
        } else {
            others[place - 1] = entry;
        }
    }
}
