package io.embedim.jdbc;

import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice.Status;
import io.embedim.jdbc.LogView.Range;
import io.embedim.model.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a user has not read yet (H12), in the database and up to the limit. Where the log stands is read in one statement, its entries in another; what is appended in between is above the top, and
 * what is let go of in between does not count any more.
 */
final class UnreadReader {

    private final Connection connection;
    private final Reading behind;

    UnreadReader(Connection connection, Reading behind) {
        this.connection = connection;
        this.behind = behind;
    }

    int count(UserId user) throws SQLException {
        SeenLog seen = SeenLog.read(connection, behind);
        if (seen == null || seen.log() == null) {
            return 0;
        }
        LogView view = seen.view();
        Range range = view.range(behind);
        boolean fits = range.status() != Status.RESET && isThere(seen.log(), view, range.anchor());
        long first = fits ? range.first() : view.floor();
        return first > view.top().seq()
                ? 0
                : count(seen.log(), first, view.top().seq(), user);
    }

    private boolean isThere(LogState log, LogView view, @Nullable Position anchor) throws SQLException {
        if (anchor == null) {
            return true;
        } else if (anchor.seq() == view.top().seq()) {
            return anchor.mid().equals(view.top().mid());
        }
        try (PreparedStatement select = connection.prepareStatement(Sql.WEIGHTS)) {
            select.setString(1, log.key);
            select.setLong(2, anchor.seq());
            select.setLong(3, anchor.seq());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getString(2).equals(anchor.mid());
            }
        }
    }

    private int count(LogState log, long first, long last, UserId user) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.UNREAD)) {
            select.setString(1, log.key);
            select.setLong(2, first);
            select.setLong(3, last);
            select.setString(4, StoredText.encode(user.value()));
            select.setInt(5, behind.limit());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
