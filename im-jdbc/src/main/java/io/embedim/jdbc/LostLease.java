package io.embedim.jdbc;

import java.io.Serial;
import java.sql.SQLException;

/** Another process writes now. Nothing was changed. */
final class LostLease extends SQLException {

    @Serial
    private static final long serialVersionUID = 1L;

    LostLease(String message) {
        super(message);
    }
}
