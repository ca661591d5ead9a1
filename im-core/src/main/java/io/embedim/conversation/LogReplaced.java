package io.embedim.conversation;

import java.util.Objects;

/**
 * A log is not the one any more whose entries were heard: it has lost its newest entries, or all of them, as where a replica that lagged has become the master. A broker that finds this out tells its own
 * node so, at each topic of the conversation, unless entries of the new log tell it; then clients look what is there, and are answered with {@code reset} (protocol L2, P4). Told once too often, it
 * costs them one look. Immutable.
 *
 * @param conversation whose log
 * @param top its newest entry as it is now, {@link Position#START} where it has none
 */
public record LogReplaced(ConversationId conversation, Position top) implements TopicEvent {

    /** Checks that both are there. */
    public LogReplaced {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(top, "top");
    }
}
