package io.embedim.conversation;

import io.embedim.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one conversation has kept: entries with what became of them, members, and which actions it has taken. For holders of the conversation's lock. */
final class History {

    private final Entries entries;
    private final Members members = new Members();
    private final Receipts receipts = new Receipts();
    /** Where the edits of a message are, whose words go when it is recalled. */
    private final NavigableMap<Long, List<Long>> edits = new TreeMap<>();

    /** Nothing yet; the next entry will be at this place. */
    History(long next) {
        entries = new Entries(next);
    }

    Entries entries() {
        return entries;
    }

    Members members() {
        return members;
    }

    int receipts() {
        return receipts.size();
    }

    @Nullable
    Outcome find(UserId sender, Once once) {
        return receipts.find(sender, once);
    }

    void expire(Duration window, Instant now) {
        receipts.expire(window, now);
    }

    /** Why a draft may not be appended, or null where it may. */
    @Nullable
    Refusal refusal(Draft draft) {
        if (draft.fence() != null && !members.holds(draft.fence())) {
            return Refusal.NOT_A_MEMBER;
        }
        Action action = draft.action();
        if (action instanceof Action.Edit edit) {
            return refusal(draft, edit.target(), edit.baseRevision(), false);
        } else if (action instanceof Action.Recall recall) {
            return refusal(draft, recall.target(), recall.baseRevision(), recall.ofOthers());
        } else if (action instanceof Action.AddMember add) {
            Members.Span span = members.of(add.user());
            return span != null && span.version() >= add.version() ? Refusal.REVISION_CHANGED : null;
        } else if (action instanceof Action.RemoveMember remove) {
            Members.Span span = members.of(remove.user());
            return span == null || span.last() != null ? Refusal.NOT_A_MEMBER : null;
        }
        return null;
    }

    private @Nullable Refusal refusal(Draft draft, EntryRef ref, long baseRevision, boolean ofOthers) {
        Message target = entries.at(ref.seq());
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

    /** Takes an entry with all that it does; answers it with the revision that it gives. */
    Message add(Message message, Retention retention) {
        Draft draft = message.draft();
        Action action = draft.action();
        long seq = message.position().seq();
        Message entry = message;
        if (action instanceof Action.Edit edit) {
            entry = change(message, edit.target(), draft.content(), draft.json(), false);
            edits.computeIfAbsent(edit.target().seq(), target -> new ArrayList<>(1))
                    .add(seq);
        } else if (action instanceof Action.Recall recall) {
            entry = change(message, recall.target(), "", "", true);
            forgetWords(recall.target().seq());
        } else if (action instanceof Action.AddMember add) {
            members.add(add.user(), add.version(), message.ref(), message.prev());
        }
        entries.add(entry);
        if (draft.once() != null) {
            receipts.add(draft.sender(), draft.once(), message.position(), message.at());
        }
        entries.trim(retention, message.at());
        if (action instanceof Action.RemoveMember remove) {
            members.remove(remove.user(), message.ref(), entries.floor());
        }
        edits.headMap(entries.floor()).clear();
        return entry;
    }

    private Message change(Message by, EntryRef ref, String content, String json, boolean recalled) {
        Message target = entries.at(ref.seq());
        if (target == null) {
            throw new IllegalStateException("nothing at " + ref + "; it was there when this was allowed");
        }
        long revision = target.revision() + 1;
        entries.replace(new Message(
                target.draft().withWords(content, json),
                target.position(),
                target.prev(),
                target.at(),
                revision,
                recalled));
        return new Message(by.draft(), by.position(), by.prev(), by.at(), revision, false);
    }

    private void forgetWords(long target) {
        List<Long> places = edits.remove(target);
        if (places == null) {
            return;
        }
        for (long place : places) {
            Message edit = entries.at(place);
            if (edit != null) {
                entries.replace(new Message(
                        edit.draft().withWords("", ""),
                        edit.position(),
                        edit.prev(),
                        edit.at(),
                        edit.revision(),
                        true));
            }
        }
    }
}
