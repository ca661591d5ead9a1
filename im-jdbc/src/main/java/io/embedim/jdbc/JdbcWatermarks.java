package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Watermarks;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The broker's {@link Watermarks}. They are raised in the transactions of the one writer, one after the other. */
final class JdbcWatermarks implements Watermarks {

    /** How long an epoch or a mid may be, as it is stored. */
    private static final int LONGEST = 100;

    private final Calls calls;
    private final Writes writes;

    JdbcWatermarks(Calls calls, Writes writes) {
        this.calls = calls;
        this.writes = writes;
    }

    @Override
    public CompletionStage<Marks> find(UserId user, ConversationId conversation) {
        return calls.call(
                "find of the marks of " + user + " in " + conversation,
                connection -> find(connection, LogState.key(conversation), StoredText.encode(user.value())));
    }

    @Override
    public CompletionStage<Marks> advance(UserId user, ConversationId conversation, Kind kind, Position position) {
        String name = "advance of " + user + " in " + conversation;
        if (isTooLong(position.epoch()) || isTooLong(position.mid())) {
            return CompletableFuture.failedFuture(new ImException(
                    name + " was not made: its position has a longer epoch or mid than " + LONGEST + " characters"));
        }
        return writes.change(
                name,
                connection -> advance(
                        connection, LogState.key(conversation), StoredText.encode(user.value()), kind, position));
    }

    @Override
    public CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 1 or more");
        }
        return calls.call("marks of all in " + conversation, connection -> {
            try (PreparedStatement select = connection.prepareStatement(Sql.MARKS_OF_ALL)) {
                select.setString(1, LogState.key(conversation));
                select.setInt(2, limit);
                Map<UserId, Marks> found = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.put(new UserId(StoredText.decode(rows.getString(1))), marks(rows));
                    }
                }
                return Map.copyOf(found);
            }
        });
    }

    @Override
    public CompletionStage<Void> forget(UserId user, ConversationId conversation) {
        return writes.change("forget of the marks of " + user + " in " + conversation, connection -> {
                    try (PreparedStatement drop = connection.prepareStatement(Sql.DROP_MARKS)) {
                        drop.setString(1, LogState.key(conversation));
                        drop.setString(2, StoredText.encode(user.value()));
                        return drop.executeUpdate();
                    }
                })
                .thenAccept(dropped -> {});
    }

    private static boolean isTooLong(String text) {
        return text.length() > LONGEST || StoredText.encode(text).length() > LONGEST;
    }

    private static Marks find(Connection connection, String conversation, String user) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.MARKS)) {
            select.setString(1, conversation);
            select.setString(2, user);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? marks(row) : Marks.NONE;
            }
        }
    }

    private static Marks advance(Connection connection, String conversation, String user, Kind kind, Position position)
            throws SQLException {
        Marks before = find(connection, conversation, user);
        Marks after = before.advanced(kind, position);
        if (after.equals(before)) {
            return before;
        }
        String statement = before.equals(Marks.NONE) ? Sql.NEW_MARKS : Sql.CHANGE_MARKS;
        try (PreparedStatement write = connection.prepareStatement(statement)) {
            set(write, 1, after.read());
            set(write, 4, after.recv());
            write.setString(7, conversation);
            write.setString(8, user);
            write.executeUpdate();
        }
        return after;
    }

    private static void set(PreparedStatement write, int at, Position position) throws SQLException {
        write.setString(at, StoredText.encode(position.epoch()));
        write.setLong(at + 1, position.seq());
        write.setString(at + 2, StoredText.encode(position.mid()));
    }

    private static Marks marks(ResultSet row) throws SQLException {
        return new Marks(position(row, 2), position(row, 5));
    }

    private static Position position(ResultSet row, int at) throws SQLException {
        return new Position(
                StoredText.decode(row.getString(at)), row.getLong(at + 1), StoredText.decode(row.getString(at + 2)));
    }
}
