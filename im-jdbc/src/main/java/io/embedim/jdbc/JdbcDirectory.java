package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.conversation.DirectoryPage.Status;
import io.embedim.model.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The broker's {@link Directory}. Versions are given in the transactions of the one writer, so they come into sight in their order (K4). */
final class JdbcDirectory implements Directory {

    private final Calls calls;
    private final Writes writes;
    private final Ids ids;

    JdbcDirectory(Calls calls, Writes writes, Ids ids) {
        this.calls = calls;
        this.writes = writes;
        this.ids = ids;
    }

    /** Where a list stands; nobody's has the empty epoch. */
    private record Head(String epoch, long version) {
        static final Head NONE = new Head("", 0);
    }

    private record Listed(long version, boolean belongs) {}

    /** What is there already is found without a transaction: most puts change nothing. */
    @Override
    public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
        String list = StoredText.encode(user.value());
        String key = LogState.key(conversation);
        String name = "put of " + conversation + " for " + user;
        return calls.call(name, connection -> listed(connection, list, key))
                .thenCompose(found -> found.filter(there -> there.belongs() == belongs)
                        .map(there -> (CompletionStage<Long>) CompletableFuture.completedFuture(there.version()))
                        .orElseGet(() -> writes.change(name, connection -> put(connection, list, key, belongs))));
    }

    private long put(Connection connection, String list, String conversation, boolean belongs) throws SQLException {
        Optional<Listed> found = listed(connection, list, conversation);
        if (found.isPresent() && found.get().belongs() == belongs) {
            return found.get().version();
        }
        long version = next(connection, list);
        String statement = found.isPresent() ? Sql.CHANGE_LISTED : Sql.NEW_LISTED;
        try (PreparedStatement write = connection.prepareStatement(statement)) {
            write.setLong(1, version);
            write.setBoolean(2, belongs);
            write.setString(3, list);
            write.setString(4, conversation);
            write.executeUpdate();
        }
        return version;
    }

    private long next(Connection connection, String list) throws SQLException {
        long next = begin(connection, list) + 1;
        try (PreparedStatement update = connection.prepareStatement(Sql.CHANGE_LIST)) {
            update.setLong(1, next);
            update.setString(2, list);
            update.executeUpdate();
        }
        return next;
    }

    /** Sees that the list has a head, and answers its top. One whose head is gone goes on behind its entries, in a new epoch. */
    private long begin(Connection connection, String list) throws SQLException {
        Head head = head(connection, list);
        if (!head.epoch().isEmpty()) {
            return head.version();
        }
        long top = top(connection, list);
        try (PreparedStatement insert = connection.prepareStatement(Sql.NEW_LIST)) {
            insert.setString(1, ids.epoch());
            insert.setLong(2, top);
            insert.setString(3, list);
            insert.executeUpdate();
        }
        return top;
    }

    @Override
    public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
        if (version < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "version is " + version + ", limit is " + limit + "; expected 0 or more, and 1 or more");
        }
        String list = StoredText.encode(user.value());
        String name = "read of the conversations of " + user;
        return calls.call(name, connection -> page(connection, list, epoch, version, limit))
                .thenCompose(page -> page.epoch().isEmpty() && !page.items().isEmpty()
                        ? writes.change(name, connection -> begin(connection, list))
                                .thenCompose(begun -> calls.call(
                                        name, connection -> page(connection, list, epoch, version, limit)))
                        : CompletableFuture.completedFuture(page));
    }

    private static DirectoryPage page(Connection connection, String list, String epoch, long version, int limit)
            throws SQLException {
        Head head = head(connection, list);
        boolean fits = DirectoryPage.fits(head.epoch(), head.version(), epoch, version);
        long after = fits ? version : 0;
        List<Item> found = behind(connection, list, after, limit);
        List<Item> items = found.subList(0, Math.min(found.size(), limit));
        long last = items.isEmpty() ? after : items.get(items.size() - 1).version();
        Status status = !fits ? Status.RESET : found.size() > limit ? Status.MORE : Status.OK;
        return new DirectoryPage(status, head.epoch(), last, items);
    }

    /** One more than asked for, where there is more. */
    private static List<Item> behind(Connection connection, String list, long after, int limit) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(Sql.LISTED_BEHIND)) {
            select.setString(1, list);
            select.setLong(2, after);
            select.setLong(3, limit + 1L);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(new Item(
                            ConversationKey.conversation(rows.getString(1)), rows.getLong(2), rows.getBoolean(3)));
                }
            }
        }
        return items;
    }

    private static Head head(Connection connection, String list) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.LIST)) {
            select.setString(1, list);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Head(row.getString(1), row.getLong(2)) : Head.NONE;
            }
        }
    }

    private static long top(Connection connection, String list) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.TOP_LISTED)) {
            select.setString(1, list);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static Optional<Listed> listed(Connection connection, String list, String conversation)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.LISTED)) {
            select.setString(1, list);
            select.setString(2, conversation);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Listed(row.getLong(1), row.getBoolean(2))) : Optional.empty();
            }
        }
    }
}
