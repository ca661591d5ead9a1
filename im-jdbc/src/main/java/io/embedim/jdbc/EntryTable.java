package io.embedim.jdbc;

import io.embedim.conversation.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries in one transaction. New ones gather and are sent together, at the latest before something else is asked. */
final class EntryTable implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement add;
    private int gathered;

    EntryTable(Connection connection) throws SQLException {
        this.connection = connection;
        this.add = connection.prepareStatement(Sql.ADD_ENTRY);
    }

    void add(LogState log, Message message) throws SQLException {
        EntryRow.write(add, log.key, message);
        add.addBatch();
        gathered++;
    }

    void flush() throws SQLException {
        if (gathered > 0) {
            gathered = 0;
            add.executeBatch();
        }
    }

    @Nullable
    Message at(LogState log, long seq) throws SQLException {
        if (seq < log.floor || seq > log.seq) {
            return null;
        }
        flush();
        List<Message> found = between(connection, log, seq, seq);
        return found.isEmpty() ? null : found.get(0);
    }

    /** In the place of the one that is there. */
    void replace(LogState log, Message before, Message message) throws SQLException {
        flush();
        try (PreparedStatement change = connection.prepareStatement(Sql.CHANGE_ENTRY)) {
            change.setString(1, StoredText.encode(message.draft().content()));
            change.setString(2, StoredText.encode(message.draft().json()));
            change.setLong(3, message.revision());
            change.setBoolean(4, message.recalled());
            change.setLong(5, message.weight());
            change.setString(6, log.key);
            change.setLong(7, message.position().seq());
            change.executeUpdate();
        }
        log.bytes += message.weight() - before.weight();
    }

    void addEdit(LogState log, long target, long seq) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(Sql.ADD_EDIT)) {
            insert.setString(1, log.key);
            insert.setLong(2, target);
            insert.setLong(3, seq);
            insert.executeUpdate();
        }
    }

    /** The edits of a message. */
    List<Message> editsOf(LogState log, long target) throws SQLException {
        List<Long> places = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(Sql.EDITS)) {
            select.setString(1, log.key);
            select.setLong(2, target);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    places.add(rows.getLong(1));
                }
            }
        }
        List<Message> edits = new ArrayList<>();
        for (long place : places) {
            Message edit = at(log, place);
            if (edit != null) {
                edits.add(edit);
            }
        }
        return edits;
    }

    static List<Message> between(Connection connection, LogState log, long first, long last) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.ENTRIES)) {
            select.setString(1, log.key);
            select.setLong(2, first);
            select.setLong(3, last);
            List<Message> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(EntryRow.read(rows, log.conversation, log.epoch));
                }
            }
            return found;
        }
    }

    @Override
    public void close() throws SQLException {
        add.close();
    }
}
