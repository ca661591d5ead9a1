package io.embedim.internal.v2;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;

/** Writes entries of a log. */
final class EntryText {

    private EntryText() {}

    /** With an envelope. */
    static JsonOut live(Message message) {
        JsonOut out = JsonOut.event(event(message.draft().action()));
        write(out, message);
        return out;
    }

    /** Without one. */
    static void page(StringBuilder json, Message message) {
        JsonOut out = JsonOut.bare(json, event(message.draft().action()));
        write(out, message);
        out.close();
    }

    private static String event(Action action) {
        if (action instanceof Action.Edit) {
            return "edit";
        } else if (action instanceof Action.Recall) {
            return "recall";
        } else if (action instanceof Action.AddMember) {
            return "member_added";
        }
        return action instanceof Action.RemoveMember ? "member_removed" : "message";
    }

    private static void write(JsonOut out, Message message) {
        Draft draft = message.draft();
        out.text("conv", draft.conversation().toString())
                .number("seq", message.position().seq())
                .text("mid", message.position().mid())
                .text("prev", message.prev())
                .text("epoch", message.position().epoch())
                .time("ts", message.at());
        if (draft.once() != null) {
            out.text("id", draft.once().id());
        }
        out.text("from_user_id", draft.sender().value());
        Action action = draft.action();
        if (action instanceof Action.AddMember add) {
            out.text("user_id", add.user().value()).number("version", add.version());
        } else if (action instanceof Action.RemoveMember remove) {
            out.text("user_id", remove.user().value());
        } else {
            out.text("from_username", draft.senderName()).flag("verified", draft.verified());
            writeWords(out, message);
        }
    }

    private static void writeWords(JsonOut out, Message message) {
        Draft draft = message.draft();
        Action action = draft.action();
        if (action instanceof Action.Edit edit) {
            out.ref("target", edit.target());
        } else if (action instanceof Action.Recall recall) {
            out.ref("target", recall.target());
        }
        out.number("rev", message.revision());
        if (message.recalled()) {
            out.flag("recalled", true);
        } else if (!(action instanceof Action.Recall)) {
            out.members(draft.hasFields() ? draft.json() : ClassicFields.of(draft));
        }
    }
}
