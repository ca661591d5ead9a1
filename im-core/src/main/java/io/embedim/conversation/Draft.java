package io.embedim.conversation;

import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be published, before the broker has given it its place.
 *
 * @param conversation where it belongs
 * @param origin the connection that sent it, or null where the application did
 * @param sender who sent it
 * @param senderName the sender's display name
 * @param verified whether the sender was proven, and not only claimed
 * @param recipient the recipient of a private message, null for a group
 * @param content the text
 * @param json the classic frame that said it: one JSON object, relayed as it is
 */
public record Draft(
        ConversationId conversation,
        @Nullable ConnectionId origin,
        UserId sender,
        String senderName,
        boolean verified,
        @Nullable UserId recipient,
        String content,
        String json) {

    @Override
    public String toString() {
        return "Draft[" + conversation + " from " + sender + "]";
    }
}
