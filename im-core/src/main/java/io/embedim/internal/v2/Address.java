package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/** How a frame names the conversation that it is about. Source: docs/protocol-v2.md "Which conversation". */
public sealed interface Address {

    /**
     * As the server wrote it once.
     *
     * @param conversation a pair or a group; whether it is the user's is still to be seen
     */
    record Known(ConversationId conversation) implements Address {}

    /** A group. */
    record OfGroup(GroupId group) implements Address {}

    /** The conversation with another user, or with oneself. */
    record WithUser(UserId other) implements Address {}

    /** The conversation as that user may mean it, or null where it is a pair of others. */
    default @Nullable ConversationId asMeantBy(UserId user) {
        if (this instanceof OfGroup to) {
            return ConversationId.of(to.group());
        } else if (this instanceof WithUser with) {
            return ConversationId.between(user, with.other());
        }
        ConversationId known = ((Known) this).conversation();
        return known instanceof ConversationId.Pair pair
                        && !pair.first().equals(user)
                        && !pair.second().equals(user)
                ? null
                : known;
    }
}
