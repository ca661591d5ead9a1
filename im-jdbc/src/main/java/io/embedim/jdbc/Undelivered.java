package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logs that may be further than what was delivered of them, because a commit's outcome is unknown. They are looked at before anything else is written: what the log has is delivered first.
 * So there are never more of them than one transaction has. For the writer alone.
 */
final class Undelivered {

    private final Map<ConversationId, Long> delivered = new LinkedHashMap<>();

    void add(Collection<LogState> logs) {
        logs.forEach(log -> delivered.putIfAbsent(log.conversation, log.before));
    }

    boolean isEmpty() {
        return delivered.isEmpty();
    }

    void clear() {
        delivered.clear();
    }

    /** In a transaction that has waited for the one in question. */
    List<Message> read(Connection connection) throws SQLException {
        Map<String, ConversationId> wanted = new LinkedHashMap<>();
        delivered.keySet().forEach(conversation -> wanted.put(LogState.key(conversation), conversation));
        List<Message> found = new ArrayList<>();
        for (LogState log : Logs.read(connection, wanted).values()) {
            long last = delivered.getOrDefault(log.conversation, log.seq);
            found.addAll(EntryTable.between(connection, log, last + 1, log.seq));
        }
        return found;
    }
}
