package io.embedim.jdbc;

import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Fence;
import io.embedim.model.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Members of conversations in one transaction, each read once. */
final class Spans {

    private final Connection connection;
    private final Map<String, Map<String, Optional<Span>>> known = new HashMap<>();

    Spans(Connection connection) {
        this.connection = connection;
    }

    /** Reads those that drafts were allowed under, at once for each conversation. */
    void expect(List<Draft> drafts) throws SQLException {
        Map<String, TreeSet<String>> wanted = new TreeMap<>();
        for (Draft draft : drafts) {
            Fence fence = draft.fence();
            if (fence != null) {
                wanted.computeIfAbsent(LogState.key(draft.conversation()), key -> new TreeSet<>())
                        .add(StoredText.encode(fence.user().value()));
            }
        }
        for (Map.Entry<String, TreeSet<String>> each : wanted.entrySet()) {
            load(each.getKey(), each.getValue());
        }
    }

    boolean holds(String conversation, Fence fence) throws SQLException {
        return of(conversation, fence.user())
                .filter(span -> span.last() == null && fence.fits(span.version()))
                .isPresent();
    }

    Optional<Span> of(String conversation, UserId user) throws SQLException {
        String key = StoredText.encode(user.value());
        if (!inside(conversation).containsKey(key)) {
            load(conversation, List.of(key));
        }
        return inside(conversation).getOrDefault(key, Optional.empty());
    }

    void add(String conversation, UserId user, Span span) throws SQLException {
        String key = StoredText.encode(user.value());
        try (PreparedStatement drop = connection.prepareStatement(Sql.DROP_SPAN);
                PreparedStatement add = connection.prepareStatement(Sql.ADD_SPAN)) {
            drop.setString(1, conversation);
            drop.setString(2, key);
            drop.executeUpdate();
            add.setString(1, conversation);
            add.setString(2, key);
            add.setLong(3, span.version());
            add.setLong(4, span.first().seq());
            add.setString(5, span.first().mid());
            add.setString(6, span.prev());
            add.executeUpdate();
        }
        inside(conversation).put(key, Optional.of(span));
    }

    void end(String conversation, UserId user, EntryRef last) throws SQLException {
        String key = StoredText.encode(user.value());
        try (PreparedStatement end = connection.prepareStatement(Sql.END_SPAN)) {
            end.setLong(1, last.seq());
            end.setString(2, last.mid());
            end.setString(3, conversation);
            end.setString(4, key);
            end.executeUpdate();
        }
        inside(conversation).remove(key);
    }

    private void load(String conversation, Collection<String> users) throws SQLException {
        Map<String, Optional<Span>> into = inside(conversation);
        users.forEach(user -> into.put(user, Optional.empty()));
        try (PreparedStatement select = connection.prepareStatement(Sql.SPANS)) {
            select.setString(1, conversation);
            select.setArray(2, connection.createArrayOf("VARCHAR", users.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    into.put(rows.getString(1), Optional.of(Span.read(rows, 2)));
                }
            }
        }
    }

    private Map<String, Optional<Span>> inside(String conversation) {
        return known.computeIfAbsent(conversation, key -> new HashMap<>());
    }
}
