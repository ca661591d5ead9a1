package io.embedim.jdbc;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.Membership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Memberships as rows of {@code im_membership}, and the highest version that was ever removed: new ones begin above it (M4). */
final class MembershipTable {

    private MembershipTable() {}

    /** Ends those that connections had made which the last process has not closed: nobody is connected when a process begins. */
    static boolean endLeftBehind(Connection connection) throws SQLException {
        raiseRemoved(connection, number(connection, Sql.TOP_LEFT_BEHIND));
        update(connection, Sql.DROP_LEFT_BEHIND);
        update(connection, Sql.OUTSIDERS);
        return true;
    }

    static Optional<Membership> find(Connection connection, UserId user, GroupId group) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.FIND_MEMBERSHIP)) {
            select.setString(1, StoredText.encode(group.value()));
            select.setString(2, StoredText.encode(user.value()));
            return read(select).stream().findFirst();
        }
    }

    static void put(Connection connection, Membership membership, boolean isNew) throws SQLException {
        try (PreparedStatement write =
                connection.prepareStatement(isNew ? Sql.NEW_MEMBERSHIP : Sql.CHANGE_MEMBERSHIP)) {
            write.setString(1, membership.role().name());
            write.setString(2, text(membership.mutedUntil()));
            write.setString(3, text(membership.bannedUntil()));
            write.setBoolean(4, membership.durable());
            write.setLong(5, membership.version());
            write.setString(6, StoredText.encode(membership.group().value()));
            write.setString(7, StoredText.encode(membership.user().value()));
            write.executeUpdate();
        }
    }

    static void drop(Connection connection, UserId user, GroupId group, long version) throws SQLException {
        raiseRemoved(connection, version);
        try (PreparedStatement drop = connection.prepareStatement(Sql.DROP_MEMBERSHIP)) {
            drop.setString(1, StoredText.encode(group.value()));
            drop.setString(2, StoredText.encode(user.value()));
            drop.executeUpdate();
        }
    }

    static long highestRemoved(Connection connection) throws SQLException {
        return number(connection, Sql.REMOVED);
    }

    static List<Membership> read(PreparedStatement select) throws SQLException {
        List<Membership> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Membership(
                        new UserId(StoredText.decode(rows.getString(1))),
                        new GroupId(StoredText.decode(rows.getString(2))),
                        Membership.Role.valueOf(rows.getString(3)),
                        instant(rows.getString(4)),
                        instant(rows.getString(5)),
                        rows.getBoolean(6),
                        rows.getLong(7)));
            }
        }
        return found;
    }

    private static void raiseRemoved(Connection connection, long version) throws SQLException {
        long before = highestRemoved(connection);
        if (version <= before) {
            return;
        }
        // Versions begin at 1: 0 is a row that is not there.
        try (PreparedStatement write =
                connection.prepareStatement(before == 0 ? Sql.NEW_REMOVED : Sql.CHANGE_REMOVED)) {
            write.setLong(1, version);
            write.executeUpdate();
        }
    }

    private static long number(Connection connection, String select) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static void update(Connection connection, String statement) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.executeUpdate();
        }
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
