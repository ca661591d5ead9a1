package io.embedim.conversation;

import io.embedim.conversation.Slice.Status;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one part of one log as it stands: between a floor and a top that may be the log's or a member's. For holders of the conversation's lock. */
final class SliceReader {

    private static final Slice GONE = new Slice(Status.GONE, Position.START, 1, "", List.of());

    private final Entries entries;
    private final Position top;
    private final long floor;
    private final String floorPrev;
    /** Whether something that the reader might have seen is there no more. */
    private final boolean trimmed;

    private SliceReader(Entries entries, Position top, long floor, String floorPrev, boolean trimmed) {
        this.entries = entries;
        this.top = top;
        this.floor = floor;
        this.floorPrev = floorPrev;
        this.trimmed = trimmed;
    }

    /** What is answered where there is no log. */
    static Slice ofNothing(Reading reading) {
        if (reading.member() != null) {
            return GONE;
        }
        return new SliceReader(new Entries(1), Position.START, 1, "", false).read(reading);
    }

    /** What is answered from a log. */
    static Slice of(Position end, Entries entries, @Nullable Members members, Reading reading) {
        if (reading.member() == null) {
            return between(entries, 1, "", end).read(reading);
        }
        Members.Span span = members == null ? null : members.of(reading.member());
        if (span == null) {
            return GONE;
        }
        EntryRef last = span.last();
        Position top = last == null ? end : new Position(end.epoch(), last.seq(), last.mid());
        return between(entries, span.first().seq(), span.prev(), top).read(reading);
    }

    /** How many entries count as unread for a user (H12). */
    static int unread(Position end, Entries entries, @Nullable Members members, Reading behind, UserId user) {
        // What follows from the position is judged as in a read, of one entry; the rest is only counted.
        Reading first = new Reading(behind.conversation(), behind.from(), 1, Long.MAX_VALUE, behind.member());
        Slice slice = of(end, entries, members, first);
        long from = slice.entries().isEmpty()
                ? slice.top().seq() + 1
                : slice.entries().get(0).position().seq();
        int count = 0;
        for (long seq = slice.status() == Status.RESET ? slice.floor() : from;
                seq <= slice.top().seq() && count < behind.limit();
                seq++) {
            Message message = entries.at(seq);
            count += message != null && UnreadCount.counts(message, user) ? 1 : 0;
        }
        return count;
    }

    private static SliceReader between(Entries entries, long first, String firstPrev, Position top) {
        boolean trimmed = entries.floor() > first;
        if (!trimmed) {
            return new SliceReader(entries, top, first, firstPrev, false);
        }
        Message atFloor = entries.floor() > top.seq() ? null : entries.at(entries.floor());
        return atFloor == null
                ? new SliceReader(entries, top, top.seq() + 1, top.mid(), true)
                : new SliceReader(entries, top, entries.floor(), atFloor.prev(), true);
    }

    private Slice read(Reading reading) {
        Reading.From from = reading.from();
        if (from instanceof Reading.After after) {
            return behind(after.position(), reading);
        } else if (from instanceof Reading.Before before) {
            return before.epoch().equals(top.epoch())
                    ? below(Math.min(before.seq() - 1, top.seq()), reading)
                    : slice(Status.RESET, List.of());
        }
        return below(top.seq(), reading);
    }

    private Slice behind(Position position, Reading reading) {
        long seq = position.seq();
        if (seq == 0) {
            return upward(floor, trimmed, reading);
        } else if (!position.epoch().equals(top.epoch()) || seq > top.seq()) {
            return slice(Status.RESET, List.of());
        } else if (seq + 1 < floor) {
            return upward(floor, true, reading);
        }
        Message there = entries.at(seq);
        String mid =
                seq == floor - 1 || there == null ? floorPrev : there.position().mid();
        return mid.equals(position.mid()) ? upward(seq + 1, false, reading) : slice(Status.RESET, List.of());
    }

    private Slice upward(long first, boolean lost, Reading reading) {
        List<Message> found = new ArrayList<>();
        long bytes = 0;
        for (long seq = first; seq <= top.seq() && found.size() < reading.limit(); seq++) {
            Message message = entries.at(seq);
            if (message == null || isFull(found, bytes + message.weight(), reading)) {
                break;
            }
            bytes += message.weight();
            found.add(message);
        }
        Status read = first + found.size() <= top.seq() ? Status.MORE : Status.OK;
        return slice(lost ? Status.TRIMMED : read, found);
    }

    private Slice below(long last, Reading reading) {
        List<Message> found = new ArrayList<>();
        long bytes = 0;
        for (long seq = last; seq >= floor && found.size() < reading.limit(); seq--) {
            Message message = entries.at(seq);
            if (message == null || isFull(found, bytes + message.weight(), reading)) {
                break;
            }
            bytes += message.weight();
            found.add(message);
        }
        Collections.reverse(found);
        return slice(last - found.size() >= floor ? Status.MORE : Status.OK, found);
    }

    private static boolean isFull(List<Message> found, long bytes, Reading reading) {
        return !found.isEmpty() && bytes > reading.bytes();
    }

    private Slice slice(Status status, List<Message> found) {
        return new Slice(status, top, floor, floorPrev, found);
    }
}
