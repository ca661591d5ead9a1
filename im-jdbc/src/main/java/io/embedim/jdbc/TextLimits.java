package io.embedim.jdbc;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Once;
import org.jspecify.annotations.Nullable;

/** Whether the texts of a draft fit into their columns. One that does not must not spoil the transaction of others. */
final class TextLimits {

    private TextLimits() {}

    /** Which text is too long, or null where none is. */
    static @Nullable String tooLong(Draft draft) {
        Once once = draft.once();
        String mid = draft.action() instanceof Action.Edit edit
                ? edit.target().mid()
                : draft.action() instanceof Action.Recall recall
                        ? recall.target().mid()
                        : "";
        String first = over("content", draft.content(), StoredText.LONG);
        first = first != null ? first : over("json", draft.json(), StoredText.LONG);
        first = first != null ? first : over("sender name", draft.senderName(), StoredText.LONG);
        first = first != null ? first : over("mid of the target", mid, StoredText.SHORT);
        first = first != null || once == null ? first : over("id", once.id(), StoredText.SHORT);
        return first != null || once == null ? first : over("hash", once.hash(), StoredText.SHORT);
    }

    private static @Nullable String over(String what, String text, int most) {
        int length = text.length() <= most / StoredText.GROWTH
                ? 0
                : StoredText.encode(text).length();
        return length <= most ? null : "its " + what + " has " + length + " characters; expected at most " + most;
    }
}
