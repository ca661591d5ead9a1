package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.model.LogText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the logs of one transaction stand. */
final class Logs {

    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

    private final Connection connection;
    private final Ids ids;
    private final Map<ConversationId, LogState> known = new LinkedHashMap<>();

    Logs(Connection connection, Ids ids) {
        this.connection = connection;
        this.ids = ids;
    }

    /** Reads those that drafts belong to, all at once. */
    void expect(List<Draft> drafts) throws SQLException {
        Map<String, ConversationId> wanted = new LinkedHashMap<>();
        drafts.forEach(draft -> wanted.put(LogState.key(draft.conversation()), draft.conversation()));
        known.putAll(read(connection, wanted));
        for (ConversationId conversation : wanted.values()) {
            if (!known.containsKey(conversation)) {
                LogState found = found(conversation);
                if (found != null) {
                    known.put(conversation, found);
                }
            }
        }
    }

    static Map<ConversationId, LogState> read(Connection connection, Map<String, ConversationId> wanted)
            throws SQLException {
        Map<ConversationId, LogState> found = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(Sql.LOGS)) {
            select.setArray(
                    1, connection.createArrayOf("VARCHAR", wanted.keySet().toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ConversationId conversation = wanted.get(rows.getString(1));
                    if (conversation != null) {
                        found.put(conversation, LogState.read(conversation, rows));
                    }
                }
            }
        }
        return found;
    }

    @Nullable
    LogState of(ConversationId conversation) {
        return known.get(conversation);
    }

    LogState begin(ConversationId conversation) {
        LogState begun = LogState.begun(conversation, ids.epoch());
        known.put(conversation, begun);
        return begun;
    }

    Collection<LogState> changed() {
        return known.values().stream().filter(LogState::hasChanged).toList();
    }

    void write() throws SQLException {
        List<LogState> begun = new ArrayList<>();
        List<LogState> gone = new ArrayList<>();
        changed().forEach(log -> (log.isNew() ? begun : gone).add(log));
        write(Sql.NEW_LOG, begun);
        write(Sql.CHANGE_LOG, gone);
        for (LogState log : begun) {
            if (log.before > 0) {
                LOG.warn(
                        "event=log_without_head conversation={} entries={}",
                        LogText.line(log.conversation),
                        LogText.line(log.before));
            }
        }
    }

    private void write(String statement, List<LogState> logs) throws SQLException {
        if (logs.isEmpty()) {
            return;
        }
        try (PreparedStatement write = connection.prepareStatement(statement)) {
            for (LogState log : logs) {
                log.write(write);
                write.addBatch();
            }
            write.executeBatch();
        }
    }

    /** A log whose row is gone and whose entries are not, or null. */
    private @Nullable LogState found(ConversationId conversation) throws SQLException {
        String key = LogState.key(conversation);
        long last = number(Sql.LAST_ENTRY, key, 1);
        if (last == 0) {
            return null;
        }
        long first = number(Sql.KEPT, key, 1);
        long bytes = number(Sql.KEPT, key, 2);
        LogState bare = LogState.begun(conversation, ids.epoch());
        var atFirst = EntryTable.between(connection, bare, first, first).get(0);
        var atLast = EntryTable.between(connection, bare, last, last).get(0);
        return LogState.found(
                conversation,
                bare.epoch,
                new LogState.Kept(
                        last,
                        atLast.position().mid(),
                        first,
                        atFirst.prev(),
                        atFirst.at().toEpochMilli(),
                        bytes));
    }

    private long number(String select, String key, int column) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(column) : 0;
            }
        }
    }
}
