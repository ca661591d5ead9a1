package io.embedim.jdbc;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The appends of one transaction, one after the other as if each were alone: repetition, membership and target, epoch, number, entry, what it changes; and at the end of all the heads of
 * logs, the ids, and what is let go of.
 */
final class AppendBatch implements AutoCloseable {

    private final Connection connection;
    private final Retention retention;
    private final Ids ids;
    private final Instant now;
    private final Logs logs;
    private final Spans spans;
    private final EntryTable entries;
    private final Changes changes;
    private final Map<String, Sent> known = new LinkedHashMap<>();
    private final Map<String, Sent> taken = new LinkedHashMap<>();
    private final Set<String> voids = new TreeSet<>();

    AppendBatch(Connection connection, Retention retention, Ids ids, Instant now) throws SQLException {
        this.connection = connection;
        this.retention = retention;
        this.ids = ids;
        this.now = now;
        this.logs = new Logs(connection, ids);
        this.spans = new Spans(connection);
        this.entries = new EntryTable(connection);
        this.changes = new Changes(entries);
    }

    /**
     * What came of one draft.
     *
     * @param message the new entry, or null where there is none
     * @param outcome what else it is answered, or null where there is an entry
     */
    record Result(@Nullable Message message, @Nullable Outcome outcome) {}

    List<Result> append(List<Draft> drafts) throws SQLException {
        logs.expect(drafts);
        spans.expect(drafts);
        expectOnce(drafts);
        List<Result> results = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            results.add(append(draft));
        }
        entries.flush();
        Trimming trimming = new Trimming(connection, retention);
        for (LogState log : logs.changed()) {
            trimming.trim(log, now.toEpochMilli());
        }
        logs.write();
        writeOnce();
        return results;
    }

    /** The logs that have something new. */
    Collection<LogState> changed() {
        return logs.changed();
    }

    private Result append(Draft draft) throws SQLException {
        LogState log = logs.of(draft.conversation());
        Outcome already = already(log, draft);
        if (already == null) {
            already = log == null ? refusalWithoutALog(draft) : refusal(log, draft);
        }
        if (already != null) {
            return new Result(null, already);
        }
        return new Result(enter(log == null ? logs.begin(draft.conversation()) : log, draft), null);
    }

    private @Nullable Outcome already(@Nullable LogState log, Draft draft) {
        if (draft.once() == null) {
            return null;
        }
        String key = Sent.key(draft.conversation(), draft.sender(), draft.once());
        Sent sent = known.get(key);
        if (sent == null) {
            return null;
        }
        // A record of another epoch or above the top is of a log that is no more.
        if (log == null
                || !log.epoch.equals(sent.position().epoch())
                || sent.position().seq() > log.seq) {
            known.remove(key);
            voids.add(key);
            return null;
        }
        return sent.answer(draft.once());
    }

    private static @Nullable Refusal refusalWithoutALog(Draft draft) {
        if (draft.fence() != null || draft.action() instanceof Action.RemoveMember) {
            return Refusal.NOT_A_MEMBER;
        }
        return draft.action() instanceof Action.Edit || draft.action() instanceof Action.Recall
                ? Refusal.NO_SUCH_MESSAGE
                : null;
    }

    private @Nullable Refusal refusal(LogState log, Draft draft) throws SQLException {
        if (draft.fence() != null && !spans.holds(log.key, draft.fence())) {
            return Refusal.NOT_A_MEMBER;
        }
        Action action = draft.action();
        if (action instanceof Action.Edit edit) {
            return changes.refusal(log, draft, edit.target(), edit.baseRevision(), false);
        } else if (action instanceof Action.Recall recall) {
            return changes.refusal(log, draft, recall.target(), recall.baseRevision(), recall.ofOthers());
        } else if (action instanceof Action.AddMember add) {
            return spans.of(log.key, add.user())
                    .filter(span -> span.version() >= add.version())
                    .map(span -> Refusal.REVISION_CHANGED)
                    .orElse(null);
        } else if (action instanceof Action.RemoveMember remove) {
            return spans.of(log.key, remove.user())
                            .filter(span -> span.last() == null)
                            .isPresent()
                    ? null
                    : Refusal.NOT_A_MEMBER;
        }
        return null;
    }

    private Message enter(LogState log, Draft draft) throws SQLException {
        Message message = new Message(draft, new Position(log.epoch, log.seq + 1, ids.mid()), log.lastMid, now);
        Message entry = message;
        Action action = draft.action();
        if (action instanceof Action.Edit edit) {
            entry = changes.edit(log, message, edit.target());
        } else if (action instanceof Action.Recall recall) {
            entry = changes.recall(log, message, recall.target());
        } else if (action instanceof Action.AddMember add) {
            spans.add(log.key, add.user(), new Span(add.version(), message.ref(), message.prev(), null));
        } else if (action instanceof Action.RemoveMember remove) {
            spans.end(log.key, remove.user(), message.ref());
        }
        entries.add(log, entry);
        log.add(entry.position().mid(), now.toEpochMilli(), entry.weight());
        if (draft.once() != null) {
            String key = Sent.key(draft.conversation(), draft.sender(), draft.once());
            Sent sent = new Sent(key, StoredText.encode(draft.once().hash()), entry.position(), now);
            known.put(key, sent);
            taken.put(key, sent);
        }
        return entry;
    }

    private void expectOnce(List<Draft> drafts) throws SQLException {
        Set<String> keys = new TreeSet<>();
        for (Draft draft : drafts) {
            if (draft.once() != null) {
                keys.add(Sent.key(draft.conversation(), draft.sender(), draft.once()));
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(Sql.ONCE)) {
            select.setArray(1, connection.createArrayOf("VARCHAR", keys.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Sent sent = Sent.read(rows);
                    known.put(sent.key(), sent);
                }
            }
        }
    }

    private void writeOnce() throws SQLException {
        voids.retainAll(taken.keySet());
        if (!voids.isEmpty()) {
            try (PreparedStatement drop = connection.prepareStatement(Sql.DROP_ONCE)) {
                for (String key : voids) {
                    drop.setString(1, key);
                    drop.addBatch();
                }
                drop.executeBatch();
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try (PreparedStatement add = connection.prepareStatement(Sql.ADD_ONCE)) {
            for (Sent sent : taken.values()) {
                sent.write(add);
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        entries.close();
    }
}
