package io.embedim.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits to be written, in order and bounded, and whether somebody is writing. */
final class WaitingLine {

    private final int most;
    private final long mostBytes;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private long bytes;
    private boolean taken;
    private boolean closed;

    WaitingLine(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** What came of an attempt to stand in line. */
    enum Place {
        /** Somebody is writing and will come to it. */
        BEHIND,
        /** Whoever asked has to see that somebody writes. */
        FIRST,
        FULL,
        CLOSED
    }

    synchronized Place add(Item item) {
        if (closed) {
            return Place.CLOSED;
        } else if (items.size() >= most || bytes + item.weight() > mostBytes) {
            return Place.FULL;
        }
        return put(item);
    }

    /** Lets nobody in any more but this last one; answers those that have not begun. */
    synchronized @Nullable List<Item> close(Item last) {
        if (closed) {
            return null;
        }
        closed = true;
        List<Item> dropped = List.copyOf(items);
        items.clear();
        bytes = 0;
        items.add(last);
        return dropped;
    }

    /** Whether whoever asks has to write now. */
    synchronized boolean claim() {
        if (taken || items.isEmpty()) {
            return false;
        }
        taken = true;
        return true;
    }

    /** Takes back the last one, for which nobody could be found. False where it is gone already. */
    synchronized boolean takeBack(Item item) {
        taken = false;
        if (!items.removeLastOccurrence(item)) {
            return false;
        }
        bytes -= item.weight();
        return true;
    }

    synchronized boolean isBusy() {
        return taken || !items.isEmpty();
    }

    /** The next ones, in order: one errand alone, or several others. */
    synchronized List<Item> next(int atMost) {
        List<Item> next = new ArrayList<>();
        while (!items.isEmpty() && next.size() < atMost) {
            Item first = items.peek();
            if (first instanceof Errand && !next.isEmpty()) {
                break;
            }
            items.remove();
            bytes -= first.weight();
            next.add(first);
            if (first instanceof Errand) {
                break;
            }
        }
        return next;
    }

    /** Ceases to write; true where there is more, and then it has not ceased. */
    synchronized boolean release() {
        taken = !items.isEmpty();
        return taken;
    }

    private Place put(Item item) {
        items.add(item);
        bytes += item.weight();
        if (taken) {
            return Place.BEHIND;
        }
        taken = true;
        return Place.FIRST;
    }
}
