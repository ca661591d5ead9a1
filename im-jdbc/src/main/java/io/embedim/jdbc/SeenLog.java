package io.embedim.jdbc;

import io.embedim.conversation.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A log as it stands, and what of it a reader may see; of one moment.
 *
 * @param log the log, or null where there is none
 * @param view what may be seen of it
 */
record SeenLog(@Nullable LogState log, LogView view) {

    /** Null where the reader was never a member. */
    static @Nullable SeenLog read(Connection connection, Reading reading) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.LOG_AND_SPAN)) {
            select.setString(1, EntryRow.user(reading.member()));
            select.setString(2, LogState.key(reading.conversation()));
            try (ResultSet row = select.executeQuery()) {
                boolean exists = row.next();
                if (reading.member() != null && (!exists || row.getString(9) == null)) {
                    return null;
                } else if (!exists) {
                    return new SeenLog(null, LogView.NOTHING);
                }
                LogState log = LogState.read(reading.conversation(), row);
                return new SeenLog(
                        log, reading.member() == null ? LogView.of(log) : LogView.of(log, Span.read(row, 10)));
            }
        }
    }
}
