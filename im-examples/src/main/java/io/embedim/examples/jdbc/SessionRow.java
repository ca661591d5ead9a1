package io.embedim.examples.jdbc;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import java.io.StringWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A session as columns: groups and attributes are JSON arrays of texts, the latter of names and values in turn. */
final class SessionRow {

    private static final JsonFactory JSON = new JsonFactory();

    private SessionRow() {}

    /** {@code version, node, user_id, group_ids, attributes, opened_at}, and what the statement needs behind them. */
    static @Nullable Object[] state(Session session, long version, Object... more) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(version);
        columns.add(session.node().value());
        columns.add(session.user() == null ? null : session.user().value());
        columns.add(json(session.groups().stream().map(GroupId::value).toList()));
        columns.add(json(session.attributes().entrySet().stream()
                .<String>mapMulti((entry, sink) -> {
                    sink.accept(entry.getKey());
                    sink.accept(entry.getValue());
                })
                .toList()));
        columns.add(session.openedAt().toString());
        columns.addAll(List.of(more));
        return columns.toArray();
    }

    static Session read(ResultSet row) throws SQLException {
        String user = row.getString("user_id");
        List<String> pairs = texts(row.getString("attributes"));
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            attributes.put(pairs.get(i), pairs.get(i + 1));
        }
        return new Session(
                new ConnectionId(row.getString("id")),
                new NodeId(row.getString("node")),
                user == null ? null : new UserId(user),
                texts(row.getString("group_ids")).stream().map(GroupId::new).collect(Collectors.toSet()),
                attributes,
                Instant.parse(row.getString("opened_at")));
    }

    private static String json(List<String> texts) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
        return out.toString();
    }

    private static List<String> texts(String array) {
        List<String> texts = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), array)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                texts.add(json.getString());
            }
        }
        return texts;
    }
}
