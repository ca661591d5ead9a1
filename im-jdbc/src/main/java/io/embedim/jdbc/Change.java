package io.embedim.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One change of a table beside the log, on its way into a transaction that it shares. What it does must not fail by itself: that would spoil the others. */
final class Change<T> extends Pending<T> {

    private static final long WEIGHT = 512;

    private final String name;
    private final Database.Work<T> work;
    private @Nullable T answer;

    Change(String name, Database.Work<T> work) {
        this.name = name;
        this.work = work;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    public long weight() {
        return WEIGHT;
    }

    /** For the writer, in its transaction. */
    void run(Connection connection) throws SQLException {
        answer = work.on(connection);
    }

    /** For the writer, when that is committed. */
    void complete() {
        complete(Objects.requireNonNull(answer, name));
    }
}
