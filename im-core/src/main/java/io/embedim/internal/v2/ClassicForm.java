package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.internal.codec.ClassicSpeak;
import io.embedim.model.GroupId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What classic clients get of a message. Source: docs/protocol-v2.md "Classic clients in the same conversation".
 *
 * @param senderName the sender's name
 * @param content the text
 * @param json the frame that said it, or could have
 */
public record ClassicForm(String senderName, String content, String json) {

    /** Null for what does not reach classic clients: edits, recalls, what was recalled, and members. */
    public static @Nullable ClassicForm of(Message message) {
        Draft draft = message.draft();
        if (message.recalled() || !(draft.action() instanceof Action.Say)) {
            return null;
        } else if (!draft.hasFields()) {
            return new ClassicForm(draft.senderName(), draft.content(), draft.json());
        }
        String content = SpokenText.of(draft);
        GroupId group = draft.conversation() instanceof ConversationId.Group in ? in.group() : null;
        String json =
                ClassicSpeak.json(draft.sender(), draft.senderName(), draft.recipient(), group, content, Map.of());
        return new ClassicForm(draft.senderName(), content, json);
    }

    @Override
    public String toString() {
        return "ClassicForm[]";
    }
}
