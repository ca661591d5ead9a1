package io.embedim.testkit.contract;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Watermarks;
import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.Map;

/** Watermarks under test, and calls that wait. */
record MarkCalls(Watermarks watermarks) {

    private static ConversationId conversation(String group) {
        return ConversationId.of(new GroupId(group));
    }

    Marks find(String user, String group) {
        return Stages.call(
                "find of " + user + " in " + group, () -> watermarks.find(new UserId(user), conversation(group)));
    }

    Marks advance(String user, String group, Kind kind, Position position) {
        return Stages.call(
                "advance of " + user + " in " + group + " to " + position,
                () -> watermarks.advance(new UserId(user), conversation(group), kind, position));
    }

    Map<UserId, Marks> ofAll(String group, int limit) {
        return Stages.call("marks of all in " + group, () -> watermarks.ofAll(conversation(group), limit));
    }

    void forget(String user, String group) {
        Stages.call(
                "forget of " + user + " in " + group, () -> watermarks.forget(new UserId(user), conversation(group)));
    }
}
