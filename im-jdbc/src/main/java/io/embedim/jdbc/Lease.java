package io.embedim.jdbc;

import io.embedim.model.ImException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * The right to write, held by one process at a time. It is a row that every writing transaction changes first: who has lost it writes nothing, whatever it believes. Ages are told by the
 * database's clock alone.
 */
final class Lease {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final String owner;
    private final Duration duration;

    Lease(String owner, Duration duration) {
        this.owner = owner;
        this.duration = duration;
    }

    private record Held(String owner, long beat, Duration age, Duration lease) {

        boolean isFree() {
            return owner.isEmpty() || age.compareTo(lease) >= 0;
        }
    }

    /** Takes it, which may last as long as a process that was killed still holds it. Who still lives is not waited for. */
    void acquire(Database database) throws SQLException, UnknownCommit {
        Held first = database.read(Lease::look);
        Held held = first;
        while (!held.isFree()) {
            if (held.beat() != first.beat()) {
                throw new ImException("the database is in use by another broker, " + held.owner()
                        + ", which gave a sign of life " + held.age().toMillis()
                        + " ms ago; expected none, because this broker is for one process alone");
            }
            pause();
            held = database.read(Lease::look);
        }
        Held free = held;
        boolean taken = database.write(connection -> take(connection, free));
        if (!taken) {
            throw new ImException(
                    "another broker has taken the database at this moment; expected none, because this broker is"
                            + " for one process alone");
        }
    }

    /** To be called first in every transaction that writes. */
    void fence(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(Sql.FENCE)) {
            update.setString(1, owner);
            if (update.executeUpdate() == 1) {
                return;
            }
        }
        throw new LostLease("the database has been taken by another broker, "
                + look(connection).owner() + "; expected " + owner
                + ". This one writes no more; start it anew when the other has ended");
    }

    void release(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(Sql.RELEASE)) {
            update.setString(1, owner);
            update.executeUpdate();
        }
    }

    private boolean take(Connection connection, Held free) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(Sql.TAKE)) {
            update.setString(1, owner);
            update.setLong(2, duration.toMillis());
            update.setString(3, free.owner());
            update.setLong(4, free.beat());
            return update.executeUpdate() == 1;
        }
    }

    private static Held look(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.BROKER);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("im_broker is empty; expected its one row");
            }
            OffsetDateTime renewed = row.getObject(4, OffsetDateTime.class);
            OffsetDateTime now = row.getObject(6, OffsetDateTime.class);
            return new Held(
                    row.getString(2),
                    row.getLong(3),
                    Duration.between(renewed, now),
                    Duration.ofMillis(row.getLong(5)));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImException("interrupted while another broker's lease ran out", e);
        }
    }
}
