package io.embedim.internal.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The local connections of one user or one group: join and leave in constant time, and a fan-out that holds no lock.
 *
 * <p>The members stand densely in an array; who leaves is replaced by the last one, so each entry knows its place. A fan-out reads a copy that is made again only after a change, and
 * so costs never more than the fan-out itself.
 */
final class PeerSet {

    private static final Peer[] NOBODY = {};

    private @Nullable Entry[] entries = new Entry[1];
    private int size;
    private boolean retired;
    private Peer @Nullable [] snapshot = NOBODY;

    /** A connection's place in a set. */
    static final class Entry {

        final Peer peer;
        private int place;

        private Entry(Peer peer, int place) {
            this.peer = peer;
            this.place = place;
        }
    }

    /** Null where the set has been given up and another must be made. */
    synchronized @Nullable Entry add(Peer peer) {
        if (retired) {
            return null;
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + Math.max(2, size >> 1));
        }
        Entry entry = new Entry(peer, size);
        entries[size++] = entry;
        snapshot = null;
        return entry;
    }

    /** True where nobody is left and the set takes nobody more. */
    synchronized boolean remove(Entry entry) {
        int place = entry.place;
        if (place >= 0) {
            Entry last = entries[--size];
            entries[size] = null;
            if (last != null && last != entry) {
                entries[place] = last;
                last.place = place;
            }
            entry.place = -1;
            snapshot = null;
            if (size < entries.length >> 2 && entries.length > 8) {
                entries = Arrays.copyOf(entries, entries.length >> 1);
            }
        }
        retired = size == 0;
        return retired;
    }

    synchronized int size() {
        return size;
    }

    /** The members at this moment; not to be changed. */
    synchronized Peer[] snapshot() {
        Peer[] copy = snapshot;
        if (copy == null) {
            copy = new Peer[size];
            for (int i = 0; i < size; i++) {
                Entry entry = entries[i];
                if (entry != null) {
                    copy[i] = entry.peer;
                }
            }
            snapshot = copy;
        }
        return copy;
    }
}
