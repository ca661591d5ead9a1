package io.embedim.jdbc;

import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import io.embedim.jdbc.LogView.Range;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of one log. Where the log stands is read in one statement, its entries in another: what was appended in between is above the top, and what was let go of in between makes
 * all of it be read once more. A change in between shows early, which is how a message is by then (H8).
 */
final class LogReader {

    private static final int ATTEMPTS = 5;
    private static final Slice GONE = new Slice(Status.GONE, Position.START, 1, "", List.of());

    private final Connection connection;
    private final Reading reading;

    LogReader(Connection connection, Reading reading) {
        this.connection = connection;
        this.reading = reading;
    }

    Slice read() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Slice slice = attempt();
            if (slice != null) {
                return slice;
            } else if (attempt == ATTEMPTS) {
                throw new SQLException("the log of " + reading.conversation()
                        + " has a hole; expected every entry from its floor to its top");
            }
        }
    }

    private @Nullable Slice attempt() throws SQLException {
        SeenLog seen = SeenLog.read(connection, reading);
        if (seen == null) {
            return GONE;
        }
        LogView view = seen.view();
        return seen.log() == null ? view.slice(view.range(reading).status(), List.of()) : slice(seen.log(), view);
    }

    /** Null where what should be there is not. */
    private @Nullable Slice slice(LogState log, LogView view) throws SQLException {
        Range range = view.range(reading);
        Position anchor = range.anchor();
        if (anchor != null && anchor.seq() == view.top().seq()) {
            boolean fits = anchor.mid().equals(view.top().mid());
            return view.slice(fits ? range.status() : Status.RESET, List.of());
        } else if (range.isEmpty()) {
            return view.slice(range.status(), List.of());
        }
        Range fitting = reading.bytes() == Long.MAX_VALUE ? range : fitting(log, range);
        long first = anchor == null ? fitting.first() : anchor.seq();
        List<Message> found = EntryTable.between(connection, log, first, fitting.last());
        if (!isContiguous(found, first, fitting.last())) {
            return null;
        } else if (anchor == null) {
            return view.slice(view.status(fitting), found);
        }
        return found.get(0).position().mid().equals(anchor.mid())
                ? view.slice(view.status(fitting), found.subList(1, found.size()))
                : view.slice(Status.RESET, List.of());
    }

    private static boolean isContiguous(List<Message> found, long first, long last) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).position().seq() != first + i) {
                return false;
            }
        }
        return found.size() == last - first + 1;
    }

    /** The part of a range that the bound in bytes allows, at least one entry. */
    private Range fitting(LogState log, Range range) throws SQLException {
        List<Long> weights = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(Sql.WEIGHTS)) {
            select.setString(1, log.key);
            select.setLong(2, range.first());
            select.setLong(3, range.last());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    weights.add(rows.getLong(4));
                }
            }
        }
        long bytes = 0;
        int count = 0;
        for (int i = 0; i < weights.size(); i++, count++) {
            bytes += weights.get(range.upwards() ? i : weights.size() - 1 - i);
            if (count > 0 && bytes > reading.bytes()) {
                break;
            }
        }
        return range.of(Math.max(1, count));
    }
}
