package io.embedim.jdbc;

import java.sql.SQLException;

/** What a failure of the database says to who reads it. */
final class Failures {

    private Failures() {}

    /** Why something was not done. */
    static String why(Throwable failure) {
        Throwable cause = failure;
        // A pool says that it has no connection, and below that why.
        while (cause.getCause() instanceof SQLException inner && inner != cause) {
            cause = inner;
        }
        if (failure instanceof LostLease) {
            return String.valueOf(failure.getMessage());
        } else if (cause instanceof SQLException sql) {
            return "expected a commit; the database answered " + sql.getSQLState() + ": " + oneLine(sql);
        }
        return "expected a commit; came " + failure;
    }

    private static String oneLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
