package io.embedim.jdbc;

import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a log may be seen: all of it, or a member's part.
 *
 * @param top its end
 * @param floor the first place that is there, one above the top where there is none
 * @param floorPrev the mid below the floor
 * @param trimmed whether something that the reader might have seen is there no more
 */
record LogView(Position top, long floor, String floorPrev, boolean trimmed) {

    /** What is seen where there is no log. */
    static final LogView NOTHING = new LogView(Position.START, 1, "", false);

    /**
     * Which entries are to be read, and what the slice of them says (P3).
     *
     * @param status of the slice, if all of them are answered; MORE may take the place of OK
     * @param first the first place
     * @param last the last place, below the first where none is
     * @param upwards whether the first or the last ones are answered where not all can be
     * @param anchor the position that has to be there below them, or null where nothing has to
     */
    record Range(
            Status status,
            long first,
            long last,
            boolean upwards,
            @Nullable Position anchor) {

        static final Range RESET = new Range(Status.RESET, 1, 0, true, null);

        boolean isEmpty() {
            return last < first;
        }

        /** As many as this of it. */
        Range of(int count) {
            return upwards
                    ? new Range(status, first, Math.min(last, first + count - 1), true, anchor)
                    : new Range(status, Math.max(first, last - count + 1), last, false, anchor);
        }
    }

    static LogView of(LogState log) {
        return bounded(log, 1, "", log.top());
    }

    static LogView of(LogState log, Span span) {
        Position top = span.last() == null
                ? log.top()
                : new Position(log.epoch, span.last().seq(), span.last().mid());
        return bounded(log, span.first().seq(), span.prev(), top);
    }

    private static LogView bounded(LogState log, long first, String firstPrev, Position top) {
        if (log.floor <= first) {
            return new LogView(top, first, firstPrev, false);
        }
        return log.floor > top.seq()
                ? new LogView(top, top.seq() + 1, top.mid(), true)
                : new LogView(top, log.floor, log.floorPrev, true);
    }

    Range range(Reading reading) {
        Reading.From from = reading.from();
        if (from instanceof Reading.After after) {
            return behind(after.position(), reading.limit());
        } else if (from instanceof Reading.Before before) {
            return before.epoch().equals(top.epoch())
                    ? below(Math.min(before.seq() - 1, top.seq()), reading.limit())
                    : Range.RESET;
        }
        return below(top.seq(), reading.limit());
    }

    private Range behind(Position position, int limit) {
        long seq = position.seq();
        if (seq == 0) {
            return upward(floor, trimmed, null, limit);
        } else if (!position.epoch().equals(top.epoch()) || seq > top.seq()) {
            return Range.RESET;
        } else if (seq + 1 < floor) {
            return upward(floor, true, null, limit);
        } else if (seq == floor - 1) {
            return position.mid().equals(floorPrev) ? upward(floor, false, null, limit) : Range.RESET;
        }
        return upward(seq + 1, false, position, limit);
    }

    private Range upward(long first, boolean lost, @Nullable Position anchor, int limit) {
        long last = Math.min(top.seq(), first + limit - 1);
        return new Range(lost ? Status.TRIMMED : Status.OK, first, last, true, anchor);
    }

    private Range below(long last, int limit) {
        return new Range(Status.OK, Math.max(floor, last - limit + 1), last, false, null);
    }

    /** What a slice of exactly these entries says. */
    Status status(Range read) {
        boolean more = read.upwards() ? read.last() < top.seq() : read.first() > floor;
        return more && read.status() == Status.OK ? Status.MORE : read.status();
    }

    Slice slice(Status status, List<Message> entries) {
        return new Slice(status, top, floor, floorPrev, entries);
    }
}
