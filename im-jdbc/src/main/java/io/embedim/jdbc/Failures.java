package io.embedim.jdbc;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failure of the database says to who reads it. */
final class Failures {

    private static final int MOST_CAUSES = 16;

    private Failures() {}

    /** Why something was not done. */
    static String why(Throwable failure) {
        Throwable cause = failure;
        // What a batch says quotes words; a pool says that it has no connection, and below that why.
        while (cause.getCause() instanceof SQLException inner && inner != cause) {
            cause = inner;
        }
        if (failure instanceof LostLease) {
            return String.valueOf(failure.getMessage());
        } else if (cause instanceof SQLException sql) {
            return "expected success; the database answered " + sql.getSQLState() + ": "
                    + (sql instanceof BatchUpdateException ? "a batch failed" : oneLine(sql)) + root(sql);
        }
        return "expected success; came " + failure;
    }

    /** The same, without the words of messages: what PostgreSQL's driver says of a batch quotes them, and somebody may log it. */
    static @Nullable Throwable withoutWords(@Nullable Throwable failure) {
        if (failure instanceof BatchUpdateException batch) {
            return batch.getCause() != null
                    ? batch.getCause()
                    : new SQLException("a batch failed", batch.getSQLState());
        }
        return failure;
    }

    private static String oneLine(Throwable failure) {
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return line.replaceFirst("; SQL statement:$", "");
    }

    /** What the machine said, where it was that: a full disk, a broken network. */
    private static String root(SQLException failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < MOST_CAUSES; depth++) {
            root = root.getCause();
        }
        return root instanceof IOException ? " (" + root.getClass().getSimpleName() + ": " + oneLine(root) + ")" : "";
    }
}
