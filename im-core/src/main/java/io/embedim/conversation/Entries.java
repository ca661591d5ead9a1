package io.embedim.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The entries of one conversation that are still there, found by their place in one step. For holders of the conversation's lock. */
final class Entries {

    private static final @Nullable Message[] NONE = {};

    private @Nullable Message[] ring = NONE;
    private int head;
    private int size;
    private long floor;
    private long bytes;

    /** None yet; the first one will be at this place. */
    Entries(long floor) {
        this.floor = floor;
    }

    /** The place of the first one; the next place to be given where there is none. */
    long floor() {
        return floor;
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    @Nullable
    Message at(long seq) {
        return seq < floor || seq >= floor + size ? null : ring[index(seq)];
    }

    /** Behind the last one. */
    void add(Message message) {
        if (size == ring.length) {
            grow();
        }
        size++;
        ring[index(message.position().seq())] = message;
        bytes += message.weight();
    }

    /** In the place of the one that is there. */
    void replace(Message message) {
        long seq = message.position().seq();
        Message before = at(seq);
        if (before == null) {
            throw new IllegalStateException("nothing at " + seq + "; expected " + floor + " to " + (floor + size - 1));
        }
        ring[index(seq)] = message;
        bytes += message.weight() - before.weight();
    }

    /** Lets go of what is beyond the bounds. */
    void trim(Retention retention, Instant now) {
        Instant oldest = now.minus(retention.age());
        Message first = at(floor);
        while (first != null && (isBeyond(retention) || first.at().isBefore(oldest))) {
            dropFirst(first);
            first = at(floor);
        }
    }

    /** Lets go of the older half, at least of one. */
    void halve() {
        for (int most = (size + 1) / 2; most > 0; most--) {
            Message first = at(floor);
            if (first != null) {
                dropFirst(first);
            }
        }
    }

    private boolean isBeyond(Retention retention) {
        return size > retention.entries() || bytes > retention.bytes();
    }

    private void dropFirst(Message first) {
        ring[head] = null;
        head = head + 1 == ring.length ? 0 : head + 1;
        size--;
        floor++;
        bytes -= first.weight();
        if (size == 0) {
            ring = NONE;
            head = 0;
        }
    }

    private int index(long seq) {
        int at = head + (int) (seq - floor);
        return at < ring.length ? at : at - ring.length;
    }

    private void grow() {
        @Nullable Message[] larger = new @Nullable Message[Math.max(4, ring.length * 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[index(floor + i)];
        }
        ring = larger;
        head = 0;
    }
}
