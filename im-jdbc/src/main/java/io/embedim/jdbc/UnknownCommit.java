package io.embedim.jdbc;

import java.io.Serial;
import java.sql.SQLException;

/** The database did not say whether it has committed: it may have, or may yet. */
final class UnknownCommit extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    UnknownCommit(SQLException cause) {
        super("the outcome of the commit is unknown: " + cause.getMessage(), cause);
    }
}
