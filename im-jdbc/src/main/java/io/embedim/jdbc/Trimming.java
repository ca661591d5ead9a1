package io.embedim.jdbc;

import io.embedim.conversation.Retention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Lets go of what is beyond the bounds of retention, in the transaction of an append (H6). Where that is much, a part goes with each append, so that none has to wait for all of it. */
final class Trimming {

    private static final int FEW = 8;
    private static final int PAGE = 250;
    private static final int PAGES = 4;

    private final Connection connection;
    private final Retention retention;

    Trimming(Connection connection, Retention retention) {
        this.connection = connection;
        this.retention = retention;
    }

    void trim(LogState log, long now) throws SQLException {
        long oldest = now - retention.age().toMillis();
        long floor = log.floor;
        for (int page = 0; page < PAGES && log.isBeyond(retention, oldest); page++) {
            drop(log, oldest);
        }
        if (log.floor > floor) {
            delete(Sql.DROP_ENTRIES, log, floor);
            delete(Sql.DROP_EDITS, log, floor);
        }
    }

    /** Moves the floor only; one row more than may go is read, for the age of the first that is left. */
    private void drop(LogState log, long oldest) throws SQLException {
        long most = Math.max(FEW, Math.min(PAGE, log.size() - retention.entries()));
        try (PreparedStatement select = connection.prepareStatement(Sql.WEIGHTS)) {
            select.setString(1, log.key);
            select.setLong(2, log.floor);
            select.setLong(3, log.floor + most);
            try (ResultSet rows = select.executeQuery()) {
                long expected = log.floor;
                for (long row = 0; rows.next(); row++, expected++) {
                    if (rows.getLong(1) != expected) {
                        throw new SQLException("entry " + rows.getLong(1) + " of " + log.conversation + " comes where "
                                + expected + " was expected; the log has a hole");
                    }
                    log.floorAt = rows.getLong(3);
                    if (row == most || !log.isBeyond(retention, oldest)) {
                        return;
                    }
                    log.dropFirst(rows.getString(2), rows.getLong(4));
                }
                if (log.size() > 0) {
                    throw new SQLException("entry " + expected + " of " + log.conversation
                            + " is missing; its log goes on to " + log.seq);
                }
            }
        }
    }

    /** From the old floor on: a database that has not yet tidied up would walk over all that was ever below it. */
    private void delete(String statement, LogState log, long from) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
            delete.setString(1, log.key);
            delete.setLong(2, from);
            delete.setLong(3, log.floor);
            delete.executeUpdate();
        }
    }
}
