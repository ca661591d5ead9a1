package io.embedim.internal.v2;

import io.embedim.conversation.Message;
import org.jspecify.annotations.Nullable;

/**
 * What classic clients get of a message.
 *
 * @param senderName the sender's name
 * @param content the text
 * @param json the frame that could have said it
 */
public record ClassicForm(String senderName, String content, String json) {

    /** Null for what does not reach classic clients: edits, recalls, what was recalled, and members. */
    public static @Nullable ClassicForm of(Message message) {
        return null;
    }

    @Override
    public String toString() {
        return "ClassicForm[]";
    }
}
