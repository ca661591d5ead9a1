package io.embedim.redis;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Fence;
import io.embedim.conversation.Once;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/** A draft as bytes: its fixed part, and behind it its words, which may be changed later. Part of the format between nodes, and of what is kept: values may be added at the end, nothing else. */
final class DraftFormat {

    private static final int GROUP = 0;
    private static final int PAIR = 1;

    private DraftFormat() {}

    static byte[] fixed(Draft draft) {
        ByteWriter out = new ByteWriter();
        if (draft.conversation() instanceof ConversationId.Pair pair) {
            out.number(PAIR).text(pair.first().value()).text(pair.second().value());
        } else if (draft.conversation() instanceof ConversationId.Group group) {
            out.number(GROUP).text(group.group().value());
        }
        out.text(draft.origin() == null ? null : draft.origin().value())
                .text(draft.sender().value())
                .text(draft.senderName())
                .flag(draft.verified())
                .text(draft.recipient() == null ? null : draft.recipient().value());
        write(out, draft.action());
        Once once = draft.once();
        out.text(once == null ? null : once.id());
        if (once != null) {
            out.text(once.hash());
        }
        Fence fence = draft.fence();
        out.text(fence == null ? null : fence.user().value());
        if (fence != null) {
            out.number(fence.version());
        }
        return out.bytes();
    }

    static byte[] words(String content, String json) {
        return new ByteWriter().text(content).text(json).bytes();
    }

    static ConversationId conversation(ByteReader in) {
        return in.number() == PAIR
                ? new ConversationId.Pair(new UserId(in.text()), new UserId(in.text()))
                : ConversationId.of(new GroupId(in.text()));
    }

    static Draft read(ByteReader fixed, ByteReader words) {
        ConversationId conversation = conversation(fixed);
        String origin = fixed.textOrNull();
        UserId sender = new UserId(fixed.text());
        String senderName = fixed.text();
        boolean verified = fixed.flag();
        UserId recipient = user(fixed.textOrNull());
        Action action = action(fixed);
        String onceId = fixed.textOrNull();
        Once once = onceId == null ? null : new Once(onceId, fixed.text());
        UserId fenced = user(fixed.textOrNull());
        Fence fence = fenced == null ? null : new Fence(fenced, fixed.number());
        return new Draft(
                conversation,
                origin == null ? null : new ConnectionId(origin),
                sender,
                senderName,
                verified,
                recipient,
                words.text(),
                words.text(),
                action,
                once,
                fence);
    }

    /** What an action is called in the log, and the number that it has here. */
    static String kind(Action action) {
        if (action instanceof Action.Edit) {
            return "edit";
        } else if (action instanceof Action.Recall) {
            return "recall";
        } else if (action instanceof Action.AddMember) {
            return "add";
        }
        return action instanceof Action.RemoveMember ? "remove" : "say";
    }

    private static void write(ByteWriter out, Action action) {
        out.text(kind(action));
        if (action instanceof Action.Edit edit) {
            target(out, edit.target(), edit.baseRevision());
        } else if (action instanceof Action.Recall recall) {
            target(out, recall.target(), recall.baseRevision()).flag(recall.ofOthers());
        } else if (action instanceof Action.AddMember add) {
            out.text(add.user().value()).number(add.version());
        } else if (action instanceof Action.RemoveMember remove) {
            out.text(remove.user().value());
        }
    }

    private static ByteWriter target(ByteWriter out, EntryRef target, long revision) {
        return out.number(target.seq()).text(target.mid()).number(revision);
    }

    private static Action action(ByteReader in) {
        String kind = in.text();
        return switch (kind) {
            case "say" -> Action.SAY;
            case "edit" -> new Action.Edit(new EntryRef(in.number(), in.text()), in.number());
            case "recall" -> new Action.Recall(new EntryRef(in.number(), in.text()), in.number(), in.flag());
            case "add" -> new Action.AddMember(new UserId(in.text()), in.number());
            case "remove" -> new Action.RemoveMember(new UserId(in.text()));
            default -> throw new ImException("an entry that does '" + kind + "'; expected a kind of this version");
        };
    }

    private static @Nullable UserId user(@Nullable String value) {
        return value == null ? null : new UserId(value);
    }
}
