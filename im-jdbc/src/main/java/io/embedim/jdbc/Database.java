package io.embedim.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections for the time of one piece of work. What hangs in a network ends after the time-out, so that no thread is held for good. */
final class Database {

    /** H2 writes at a commit and leaves it to the operating system when the disk has it; this waits for the disk. */
    private static final String SYNC = "CHECKPOINT SYNC";

    /**
     * It writes the file's header before it has noted the newest chunk, so the header leads to the one before, and from there no way to those behind. When the process is killed, up to twenty commits are lost, as soon
     * as space in the file is used again.
     */
    private static final String FORGETFUL = "2.5.252";

    /** Wrong data, conflicts, rights, no such table, resources, and a lock that did not come: by the classes of SQLSTATE, the same in both databases. */
    private static final Pattern HARMLESS = Pattern.compile("(22|23|25|40|42|53|55)...|HYT00");

    private final DataSource source;
    private final int timeOut;
    private final boolean syncs;
    private final Breather breather = new Breather();

    /**
     * Looks once at what kind of database it is.
     *
     * @throws SQLException if it is one that does not keep what is on the disk, where that is asked for
     */
    Database(DataSource source, Duration timeOut, boolean toDisk) throws SQLException {
        this.source = source;
        this.timeOut = Math.toIntExact(timeOut.toMillis());
        try (Connection connection = source.getConnection()) {
            DatabaseMetaData meta = connection.getMetaData();
            this.syncs = toDisk && meta.getDatabaseProductName().equals("H2");
            if (syncs && meta.getDatabaseProductVersion().startsWith(FORGETFUL)) {
                throw new SQLException(
                        "H2 " + FORGETFUL
                                + " loses committed data when its process is killed; expected another version, such as 2.4.240, or waitForDisk(false)");
            }
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads; each statement sees one moment. */
    <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
        Connection connection = connect();
        boolean usable = false;
        try {
            int before = bound(connection);
            T result = work.on(connection);
            unbound(connection, before);
            usable = true;
            return result;
        } catch (SQLException e) {
            usable = isHarmless(e);
            throw e;
        } finally {
            end(connection, usable);
        }
    }

    /**
     * Does all of it or nothing.
     *
     * @throws SQLException if nothing was done
     * @throws UnknownCommit if all or nothing was done
     */
    <T extends @Nullable Object> T write(Work<T> work) throws SQLException, UnknownCommit {
        Connection connection = connect();
        boolean usable = false;
        try {
            int before = bound(connection);
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.on(connection);
            } catch (SQLException | RuntimeException e) {
                usable = isHarmless(e) && isRolledBack(connection, auto);
                throw e;
            }
            commit(connection);
            usable = isRestored(connection, auto);
            unbound(connection, before);
            return result;
        } finally {
            end(connection, usable);
        }
    }

    private Connection connect() throws SQLException {
        breather.pass();
        try {
            return source.getConnection();
        } catch (SQLException e) {
            breather.failed();
            throw e;
        }
    }

    private void end(Connection connection, boolean usable) {
        if (usable) {
            breather.succeeded();
            close(connection);
        } else {
            breather.failed();
            abort(connection);
        }
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

    private static boolean isRolledBack(Connection connection, boolean auto) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            return false;
        }
        return isRestored(connection, auto);
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

    /**
     * A pool must not get a connection back that has a transaction of unknown fate: to switch auto-commit on could commit it. Nor one of an H2 that has given up: that opens its file again
     * when nobody is connected. H2 takes no notice of an abort, so what is below the pool's connection is closed as well.
     */
    private static void abort(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
            connection.unwrap(Connection.class).close();
        } catch (SQLException e) {
            // It is gone either way; the work's own failure is the one to be told.
            return;
        }
    }

    /** Whether the connection is none the worse for a failure. */
    private static boolean isHarmless(Exception failure) {
        return failure instanceof LostLease
                || (failure instanceof SQLException sql
                        && sql.getSQLState() != null
                        && HARMLESS.matcher(sql.getSQLState()).matches());
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
