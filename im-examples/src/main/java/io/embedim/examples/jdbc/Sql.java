package io.embedim.examples.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one connection. Parameters are texts, numbers or null.
 *
 * @param connection where they run
 */
record Sql(Connection connection) {

    /** Statements that belong together. */
    @FunctionalInterface
    interface Step {
        void run(Sql sql) throws SQLException;
    }

    int update(String statement, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            set(prepared, parameters);
            return prepared.executeUpdate();
        }
    }

    /** The first column of the first row. */
    OptionalLong number(String select, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(select)) {
            set(prepared, parameters);
            try (ResultSet rows = prepared.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, (String) parameters[i]);
            }
        }
    }

    /** Another transaction was first (SQLSTATE class 23: the key is there now) or in the way (class 40). */
    static boolean isConflict(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("23") || state.startsWith("40"));
    }
}
