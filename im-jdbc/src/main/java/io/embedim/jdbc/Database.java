package io.embedim.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections for the time of one piece of work. What hangs in a network ends after the time-out, so that no thread is held for good. */
final class Database {

    /** H2 writes at a commit and leaves it to the operating system when the disk has it; this waits for the disk. */
    private static final String SYNC = "CHECKPOINT SYNC";

    private final DataSource source;
    private final int timeOut;
    private final boolean syncs;

    /** Looks once at what kind of database it is. */
    Database(DataSource source, Duration timeOut, boolean toDisk) throws SQLException {
        this.source = source;
        this.timeOut = Math.toIntExact(timeOut.toMillis());
        try (Connection connection = source.getConnection()) {
            this.syncs =
                    toDisk && connection.getMetaData().getDatabaseProductName().equals("H2");
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads; each statement sees one moment. */
    <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            int before = bound(connection);
            try {
                return work.on(connection);
            } finally {
                unbound(connection, before);
            }
        }
    }

    /**
     * Does all of it or nothing.
     *
     * @throws SQLException if nothing was done
     * @throws UnknownCommit if all or nothing was done
     */
    <T extends @Nullable Object> T write(Work<T> work) throws SQLException, UnknownCommit {
        Connection connection = source.getConnection();
        boolean usable = false;
        try {
            int before = bound(connection);
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result = inTransaction(connection, work);
            usable = isRestored(connection, auto);
            unbound(connection, before);
            return result;
        } finally {
            if (usable) {
                close(connection);
            } else {
                abort(connection);
            }
        }
    }

    private <T extends @Nullable Object> T inTransaction(Connection connection, Work<T> work)
            throws SQLException, UnknownCommit {
        T result;
        try {
            result = work.on(connection);
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
        commit(connection);
        return result;
    }

    private void commit(Connection connection) throws UnknownCommit {
        try {
            connection.commit();
            if (syncs) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(SYNC);
                }
            }
        } catch (SQLException e) {
            throw new UnknownCommit(e);
        }
    }

    private static boolean isRestored(Connection connection, boolean auto) {
        try {
            connection.setAutoCommit(auto);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            abort(connection);
        }
    }

    /** A pool must not get a connection back that has a transaction of unknown fate: to switch auto-commit on could commit it. */
    private static void abort(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone either way; the work's own failure is the one to be told.
            return;
        }
    }

    private int bound(Connection connection) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, timeOut);
            return before;
        } catch (SQLFeatureNotSupportedException e) {
            return -1;
        }
    }

    private static void unbound(Connection connection, int before) {
        try {
            if (before >= 0) {
                connection.setNetworkTimeout(Runnable::run, before);
            }
        } catch (SQLException e) {
            abort(connection);
        }
    }
}
