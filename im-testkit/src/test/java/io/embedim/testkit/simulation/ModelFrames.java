package io.embedim.testkit.simulation;

import io.embedim.conversation.Action;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Frames of {@code im.v2} as a small server writes them. */
final class ModelFrames {

    static final JsonMapper JSON = new JsonMapper();

    private ModelFrames() {}

    static ObjectNode data(String event) {
        return JSON.createObjectNode().put("event", event);
    }

    static String ok(ObjectNode data) {
        return envelope(0, "", data);
    }

    static String error(int code, String what, JsonNode request, boolean temporary, boolean committedUnknown) {
        ObjectNode data = data("error").put("for", request.path("event").asString(""));
        if (request.has("id")) {
            data.set("id", request.get("id"));
        }
        data.put("temporary", temporary);
        if (!committedUnknown) {
            data.put("committed", false);
        }
        return envelope(code, what, data);
    }

    private static String envelope(int code, String msg, ObjectNode data) {
        ObjectNode frame = JSON.createObjectNode().put("code", code).put("msg", msg);
        frame.set("data", data);
        return frame.toString();
    }

    static ObjectNode position(Position at) {
        return JSON.createObjectNode()
                .put("epoch", at.epoch())
                .put("seq", at.seq())
                .put("mid", at.mid());
    }

    static Position position(JsonNode at) {
        return new Position(
                at.path("epoch").asString(""),
                at.path("seq").asLong(0),
                at.path("mid").asString(""));
    }

    static ObjectNode entry(Message message) {
        Action action = message.draft().action();
        ObjectNode data = data(event(action));
        data.put("conv", message.draft().conversation().toString());
        data.setAll(position(message.position()));
        data.put("prev", message.prev()).put("ts", message.at().toEpochMilli());
        if (message.draft().once() != null) {
            data.put("id", message.draft().once().id());
        }
        data.put("from_user_id", message.draft().sender().value());
        if (action instanceof Action.AddMember add) {
            return data.put("user_id", add.user().value()).put("version", add.version());
        } else if (action instanceof Action.RemoveMember remove) {
            return data.put("user_id", remove.user().value());
        }
        data.put("verified", true).put("rev", message.revision());
        if (action instanceof Action.Edit edit) {
            data.set("target", ref(edit.target()));
        } else if (action instanceof Action.Recall recall) {
            data.set("target", ref(recall.target()));
        }
        if (message.recalled()) {
            data.put("recalled", true);
        } else if (!message.draft().json().isEmpty()) {
            data.setAll((ObjectNode) JSON.readTree(message.draft().json()));
        }
        return data;
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

    private static ObjectNode ref(EntryRef ref) {
        return JSON.createObjectNode().put("seq", ref.seq()).put("mid", ref.mid());
    }
}
