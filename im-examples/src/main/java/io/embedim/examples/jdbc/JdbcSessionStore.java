package io.embedim.examples.jdbc;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.BlockingSessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * A {@link io.embedim.session.SessionStore} in a SQL database, over plain JDBC; the tables are in {@code schema.sql} beside this class.
 *
 * <p>What makes it correct is in the SQL: an update names the version that it may replace, and a removed session stays as a row that no update matches, until it is ten
 * minutes old. The groups of a session are kept twice, to be read with it and to be found by, in one transaction. Any isolation from READ COMMITTED on will do.
 */
public final class JdbcSessionStore extends BlockingSessionStore {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final String COLUMNS = "s.id, s.node, s.user_id, s.group_ids, s.attributes, s.opened_at";

    private static final int ATTEMPTS = 20;

    private final DataSource database;
    private final InstantSource clock;

    /**
     * A store in a database that has the tables.
     *
     * @param database a pool of connections
     * @param executor with as many threads as the pool has connections
     * @param clock the time of day, the same on all nodes to a minute or so
     */
    public JdbcSessionStore(DataSource database, Executor executor, InstantSource clock) {
        super(executor, 10_000, Duration.ofSeconds(5));
        this.database = database;
        this.clock = clock;
    }

    // tag::put[]
    @Override
    protected void doPut(Session session, long version) throws SQLException {
        if (version < 1) {
            throw new IllegalArgumentException("version is " + version + "; expected 1 or more");
        }
        write(sql -> {
            int replaced = sql.update(
                    "UPDATE im_session SET version = ?, node = ?, user_id = ?, group_ids = ?, attributes = ?, opened_at = ?"
                            + " WHERE id = ? AND version < ? AND removed_at IS NULL",
                    SessionRow.state(session, version, session.id().value(), version));
            if (replaced == 0) {
                if (isOutdated(sql, session.id(), version)) {
                    return; // outdated, or removed for good
                }
                sql.update(
                        "INSERT INTO im_session (version, node, user_id, group_ids, attributes, opened_at, id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        SessionRow.state(session, version, session.id().value()));
            }
            sql.update(
                    "DELETE FROM im_session_group WHERE session_id = ?",
                    session.id().value());
            for (GroupId group : session.groups()) {
                sql.update(
                        "INSERT INTO im_session_group (group_id, session_id) VALUES (?, ?)",
                        group.value(),
                        session.id().value());
            }
        });
    }

    @Override
    protected void doRemove(ConnectionId id, long version) throws SQLException {
        long now = clock.millis();
        write(sql -> {
            int removed = sql.update(
                    "UPDATE im_session SET removed_at = ?, user_id = NULL, group_ids = '[]', attributes = '[]'"
                            + " WHERE id = ? AND removed_at IS NULL",
                    now,
                    id.value());
            // A put that is under way at this moment makes the insert fail, and then all is done again.
            if (removed == 0 && !isRemoved(sql, id)) {
                sql.update(
                        "INSERT INTO im_session (id, version, node, group_ids, attributes, opened_at, removed_at)"
                                + " VALUES (?, ?, '-', '[]', '[]', '-', ?)",
                        id.value(),
                        version,
                        now);
            }
            sql.update("DELETE FROM im_session_group WHERE session_id = ?", id.value());
        });
        write(sql -> sql.update("DELETE FROM im_session WHERE removed_at < ?", now - REMEMBERED.toMillis()));
    }

    // end::put[]

    @Override
    protected Optional<Session> doFind(ConnectionId id) throws SQLException {
        String one = "SELECT " + COLUMNS + " FROM im_session s WHERE s.removed_at IS NULL AND s.id = ?";
        return list(1, one, id.value()).stream().findFirst();
    }

    @Override
    protected Page<Session> doOfUser(UserId user, PageRequest page) throws SQLException {
        return page(page, "im_session s WHERE s.removed_at IS NULL AND s.user_id = ?", user.value());
    }

    @Override
    protected Page<Session> doInGroup(GroupId group, PageRequest page) throws SQLException {
        return page(
                page,
                "im_session_group g JOIN im_session s ON s.id = g.session_id WHERE g.group_id = ?",
                group.value());
    }

    @Override
    protected Page<Session> doAll(PageRequest page) throws SQLException {
        return page(page, "im_session s WHERE s.removed_at IS NULL");
    }

    @Override
    protected Page<UserId> doUsers(PageRequest page) throws SQLException {
        return keys(page, "user_id", "im_session WHERE removed_at IS NULL").map(UserId::new);
    }

    @Override
    protected Page<GroupId> doGroups(PageRequest page) throws SQLException {
        return keys(page, "group_id", "im_session_group WHERE 1 = 1").map(GroupId::new);
    }

    @Override
    protected long doCountInGroup(GroupId group) throws SQLException {
        return count("SELECT COUNT(*) FROM im_session_group WHERE group_id = ?", group.value());
    }

    @Override
    protected SessionCounts doCounts() throws SQLException {
        return new SessionCounts(
                count("SELECT COUNT(*) FROM im_session WHERE removed_at IS NULL"),
                count("SELECT COUNT(DISTINCT user_id) FROM im_session WHERE removed_at IS NULL"),
                count("SELECT COUNT(DISTINCT group_id) FROM im_session_group"));
    }

    private static boolean isOutdated(Sql sql, ConnectionId id, long version) throws SQLException {
        return sql.number(
                        "SELECT 1 FROM im_session WHERE id = ? AND (version >= ? OR removed_at IS NOT NULL)",
                        id.value(),
                        version)
                .isPresent();
    }

    private static boolean isRemoved(Sql sql, ConnectionId id) throws SQLException {
        return sql.number("SELECT 1 FROM im_session WHERE id = ? AND removed_at IS NOT NULL", id.value())
                .isPresent();
    }

    private Page<Session> page(PageRequest page, String fromWhere, String... parameters) throws SQLException {
        List<String> all = new ArrayList<>(List.of(parameters));
        String after = "";
        if (page.after() != null) {
            after = " AND s.id > ?";
            all.add(page.after());
        }
        List<Session> found = list(
                page.limit() + 1,
                "SELECT " + COLUMNS + " FROM " + fromWhere + after + " ORDER BY s.id",
                all.toArray(String[]::new));
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        List<Session> items = found.subList(0, page.limit());
        return new Page<>(items, items.get(items.size() - 1).id().value());
    }

    private Page<String> keys(PageRequest page, String key, String fromWhere) throws SQLException {
        String select = "SELECT DISTINCT " + key + " FROM " + fromWhere + " AND " + key + " > ? ORDER BY " + key;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setMaxRows(page.limit() + 1);
            statement.setString(1, page.after() == null ? "" : page.after());
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            boolean more = found.size() > page.limit();
            List<String> items = more ? found.subList(0, page.limit()) : found;
            return new Page<>(items, more ? items.get(items.size() - 1) : null);
        }
    }

    /** The limit is the driver's affair, because every database writes it in another way. */
    private List<Session> list(int limit, String select, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setMaxRows(limit);
            Sql.set(statement, (Object[]) parameters);
            List<Session> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(SessionRow.read(rows));
                }
            }
            return found;
        }
    }

    private long count(String select, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Sql(connection).number(select, (Object[]) parameters).orElseThrow();
        }
    }

    /** In one transaction; once more where another one was in the way, which has put its row by then. */
    private void write(Sql.Step step) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    step.run(new Sql(connection));
                    connection.commit();
                    return;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    if (attempt == ATTEMPTS || !(e instanceof SQLException failure) || !Sql.isConflict(failure)) {
                        throw e;
                    }
                } finally {
                    connection.setAutoCommit(true);
                }
            }
        }
    }
}
