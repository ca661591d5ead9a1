package io.embedim.jdbc;

import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The broker's {@link Memberships}. They are changed in the transactions of the one writer, one after the other (M2). */
final class JdbcMemberships implements Memberships {

    private final Calls calls;
    private final Writes writes;

    JdbcMemberships(Calls calls, Writes writes) {
        this.calls = calls;
        this.writes = writes;
    }

    @Override
    public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
        return calls.call(
                "find of " + user + " in group " + group, connection -> MembershipTable.find(connection, user, group));
    }

    @Override
    public CompletionStage<Optional<Membership>> save(Membership membership) {
        return writes.change(
                "save of " + membership.user() + " in group " + membership.group(),
                connection -> save(connection, membership));
    }

    @Override
    public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
        return writes.change("remove of " + user + " from group " + group, connection -> {
            boolean fits = MembershipTable.find(connection, user, group)
                    .filter(found -> found.version() == version)
                    .isPresent();
            if (fits) {
                MembershipTable.drop(connection, user, group, version);
            }
            return fits;
        });
    }

    @Override
    public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
        return calls.call(
                "listing of group " + group,
                connection -> page(
                        connection,
                        Sql.IN_GROUP,
                        group.value(),
                        page,
                        last -> last.user().value()));
    }

    @Override
    public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
        return calls.call(
                "listing of the groups of " + user,
                connection -> page(
                        connection,
                        Sql.OF_USER,
                        user.value(),
                        page,
                        last -> last.group().value()));
    }

    private static Optional<Membership> save(Connection connection, Membership membership) throws SQLException {
        long before = MembershipTable.find(connection, membership.user(), membership.group())
                .map(Membership::version)
                .orElse(0L);
        if (membership.version() != before) {
            return Optional.empty();
        }
        long floor = before == 0 ? MembershipTable.highestRemoved(connection) : before;
        Membership saved = membership.withVersion(floor + 1);
        MembershipTable.put(connection, saved, before == 0);
        return Optional.of(saved);
    }

    private static Page<Membership> page(
            Connection connection, String select, String key, PageRequest request, Function<Membership, String> cursor)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, StoredText.encode(key));
            statement.setString(2, request.after() == null ? "" : StoredText.encode(request.after()));
            statement.setInt(3, request.limit() + 1);
            List<Membership> found = MembershipTable.read(statement);
            if (found.size() <= request.limit()) {
                return new Page<>(found, null);
            }
            List<Membership> items = found.subList(0, request.limit());
            return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
        }
    }
}
