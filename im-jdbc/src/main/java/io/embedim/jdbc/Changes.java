package io.embedim.jdbc;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Refusal;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Edits and recalls: whether they may be, and what they do to their target (H7, H8). */
final class Changes {

    private final EntryTable entries;

    Changes(EntryTable entries) {
        this.entries = entries;
    }

    @Nullable
    Refusal refusal(LogState log, Draft draft, EntryRef ref, long baseRevision, boolean ofOthers) throws SQLException {
        Message target = entries.at(log, ref.seq());
        if (target == null
                || !target.position().mid().equals(ref.mid())
                || !(target.draft().action() instanceof Action.Say)) {
            return Refusal.NO_SUCH_MESSAGE;
        } else if (!ofOthers && !target.draft().sender().equals(draft.sender())) {
            return Refusal.NOT_YOURS;
        } else if (target.recalled()) {
            return Refusal.RECALLED;
        }
        return target.revision() == baseRevision ? null : Refusal.REVISION_CHANGED;
    }

    /** Answers the entry with the revision that it gives. */
    Message edit(LogState log, Message by, EntryRef ref) throws SQLException {
        Message entry = change(log, by, ref, by.draft().content(), by.draft().json(), false);
        entries.addEdit(log, ref.seq(), by.position().seq());
        return entry;
    }

    /** Answers the entry with the revision that it gives. */
    Message recall(LogState log, Message by, EntryRef ref) throws SQLException {
        Message entry = change(log, by, ref, "", "", true);
        for (Message edit : entries.editsOf(log, ref.seq())) {
            entries.replace(log, edit, changed(edit, "", "", edit.revision(), true));
        }
        return entry;
    }

    private Message change(LogState log, Message by, EntryRef ref, String content, String json, boolean recalled)
            throws SQLException {
        Message target = entries.at(log, ref.seq());
        if (target == null) {
            throw new IllegalStateException("nothing at " + ref + "; it was there when this was allowed");
        }
        long revision = target.revision() + 1;
        entries.replace(log, target, changed(target, content, json, revision, recalled));
        return new Message(by.draft(), by.position(), by.prev(), by.at(), revision, false);
    }

    private static Message changed(Message from, String content, String json, long revision, boolean recalled) {
        return new Message(
                from.draft().withWords(content, json), from.position(), from.prev(), from.at(), revision, recalled);
    }
}
