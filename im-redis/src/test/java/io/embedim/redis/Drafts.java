package io.embedim.redis;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Once;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;

/** Words to be said in tests. */
final class Drafts {

    private Drafts() {}

    static ConversationId group(String name) {
        return ConversationId.of(new GroupId(name));
    }

    static Draft say(ConversationId conversation, String user, String content) {
        return new Draft(
                conversation, null, new UserId(user), user, true, null, content, "{\"content\":\"" + content + "\"}");
    }

    static Draft sayOnce(ConversationId conversation, String user, String content, String id) {
        return say(conversation, user, content).once(new Once(id, "hash of " + content));
    }
}
