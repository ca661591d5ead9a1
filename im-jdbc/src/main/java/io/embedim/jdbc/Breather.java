package io.embedim.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * Lets a database that fails again and again, and the pool before it, rest for a moment. Who asks meanwhile is answered at once, and holds no thread. Pools look whether a connection still
 * lives when it has not been used for a while (HikariCP: half a second); one that is used without a pause stays, dead as it is.
 */
final class Breather {

    private static final long REST = Duration.ofMillis(600).toNanos();

    private int failures;
    private long until;

    synchronized void pass() throws SQLException {
        long left = until - System.nanoTime();
        if (failures > 1 && left > 0) {
            throw new SQLTransientConnectionException(
                    "it has failed " + failures + " times and is asked again in "
                            + Duration.ofNanos(left).toMillis() + " ms",
                    "08000");
        }
    }

    synchronized void failed() {
        failures++;
        until = System.nanoTime() + REST;
    }

    synchronized void succeeded() {
        failures = 0;
    }
}
