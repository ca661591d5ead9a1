package io.embedim.jdbc;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Fence;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Position;
import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry of a log as a row of {@code im_entry}, and back. */
final class EntryRow {

    private EntryRow() {}

    /** Sets the parameters of {@link Sql#ADD_ENTRY}. */
    static void write(PreparedStatement to, String conversation, Message message) throws SQLException {
        Draft draft = message.draft();
        to.setString(1, conversation);
        to.setLong(2, message.position().seq());
        to.setString(3, message.position().mid());
        to.setString(4, message.prev());
        to.setLong(5, message.at().toEpochMilli());
        to.setLong(6, message.revision());
        to.setBoolean(7, message.recalled());
        to.setLong(8, message.weight());
        to.setString(9, StoredText.encode(draft.sender().value()));
        to.setString(10, StoredText.encode(draft.senderName()));
        to.setBoolean(11, draft.verified());
        to.setString(12, user(draft.recipient()));
        to.setString(
                13,
                draft.origin() == null ? null : StoredText.encode(draft.origin().value()));
        to.setString(14, StoredText.encode(draft.content()));
        to.setString(15, StoredText.encode(draft.json()));
        ActionColumns.of(draft.action()).write(to, 16);
        Once once = draft.once();
        to.setString(23, once == null ? null : StoredText.encode(once.id()));
        to.setString(24, once == null ? null : StoredText.encode(once.hash()));
        Fence fence = draft.fence();
        to.setString(25, fence == null ? null : user(fence.user()));
        setLong(to, 26, fence == null ? null : fence.version());
    }

    /** From a row of {@link Sql#ENTRIES}. */
    static Message read(ResultSet row, ConversationId conversation, String epoch) throws SQLException {
        String recipient = row.getString(12);
        String origin = row.getString(13);
        String onceId = row.getString(23);
        String onceHash = row.getString(24);
        String fenceUser = row.getString(25);
        Draft draft = new Draft(
                conversation,
                origin == null ? null : new ConnectionId(StoredText.decode(origin)),
                new UserId(StoredText.decode(row.getString(9))),
                StoredText.decode(row.getString(10)),
                row.getBoolean(11),
                recipient == null ? null : new UserId(StoredText.decode(recipient)),
                StoredText.decode(row.getString(14)),
                StoredText.decode(row.getString(15)),
                ActionColumns.read(row, 16).action(),
                onceId == null || onceHash == null
                        ? null
                        : new Once(StoredText.decode(onceId), StoredText.decode(onceHash)),
                fenceUser == null ? null : new Fence(new UserId(StoredText.decode(fenceUser)), row.getLong(26)));
        return new Message(
                draft,
                new Position(epoch, row.getLong(2), row.getString(3)),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getLong(6),
                row.getBoolean(7));
    }

    static @Nullable String user(@Nullable UserId user) {
        return user == null ? null : StoredText.encode(user.value());
    }

    private static void setLong(PreparedStatement to, int at, @Nullable Long number) throws SQLException {
        if (number == null) {
            to.setNull(at, Types.BIGINT);
        } else {
            to.setLong(at, number);
        }
    }

    /** What an entry does, in seven columns. */
    private record ActionColumns(
            String kind,
            @Nullable EntryRef target,
            long base,
            boolean ofOthers,
            @Nullable UserId subject,
            long version) {

        static ActionColumns of(Action action) {
            if (action instanceof Action.Edit edit) {
                return new ActionColumns("edit", edit.target(), edit.baseRevision(), false, null, 0);
            } else if (action instanceof Action.Recall recall) {
                return new ActionColumns("recall", recall.target(), recall.baseRevision(), recall.ofOthers(), null, 0);
            } else if (action instanceof Action.AddMember add) {
                return new ActionColumns("add", null, 0, false, add.user(), add.version());
            } else if (action instanceof Action.RemoveMember remove) {
                return new ActionColumns("remove", null, 0, false, remove.user(), 0);
            }
            return new ActionColumns("say", null, 0, false, null, 0);
        }

        void write(PreparedStatement to, int at) throws SQLException {
            to.setString(at, kind);
            setLong(to, at + 1, target == null ? null : target.seq());
            to.setString(at + 2, target == null ? null : StoredText.encode(target.mid()));
            setLong(to, at + 3, target == null ? null : base);
            to.setBoolean(at + 4, ofOthers);
            to.setString(at + 5, user(subject));
            setLong(to, at + 6, subject == null ? null : version);
        }

        static ActionColumns read(ResultSet row, int at) throws SQLException {
            String mid = row.getString(at + 2);
            String subject = row.getString(at + 5);
            return new ActionColumns(
                    row.getString(at),
                    mid == null ? null : new EntryRef(row.getLong(at + 1), StoredText.decode(mid)),
                    row.getLong(at + 3),
                    row.getBoolean(at + 4),
                    subject == null ? null : new UserId(StoredText.decode(subject)),
                    row.getLong(at + 6));
        }

        Action action() throws SQLException {
            if (kind.equals("edit") && target != null) {
                return new Action.Edit(target, base);
            } else if (kind.equals("recall") && target != null) {
                return new Action.Recall(target, base, ofOthers);
            } else if (kind.equals("add") && subject != null) {
                return new Action.AddMember(subject, version);
            } else if (kind.equals("remove") && subject != null) {
                return new Action.RemoveMember(subject);
            } else if (kind.equals("say")) {
                return Action.SAY;
            }
            throw new SQLException("an entry with the action '" + kind
                    + "'; expected say, edit, recall, add or remove with what it is about");
        }
    }
}
