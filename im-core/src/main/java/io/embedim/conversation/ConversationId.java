package io.embedim.conversation;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.Optional;

/**
 * Where a message belongs: a group, or a pair of users. Derived by the server, never taken from a client.
 *
 * <p>The text is {@code g:<group>}, or {@code p:<length>:<user>:<user>} with the users in order and the first one's length in chars, so that no two pairs share a
 * text. Source: docs/protocol.md.
 */
public sealed interface ConversationId {

    /**
     * A group's conversation.
     *
     * @param group the group
     */
    record Group(GroupId group) implements ConversationId {
        @Override
        public String toString() {
            return "g:" + group.value();
        }
    }

    /**
     * The conversation of two users, who may be the same one.
     *
     * @param first the user whose id comes first
     * @param second the other
     */
    record Pair(UserId first, UserId second) implements ConversationId {

        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if the first comes behind the second
         */
        public Pair {
            if (first.compareTo(second) > 0) {
                throw new IllegalArgumentException(
                        "pair " + first + ", " + second + " is not in order; use ConversationId.between");
            }
        }

        @Override
        public String toString() {
            return "p:" + first.value().length() + ":" + first.value() + ":" + second.value();
        }
    }

    /**
     * A group's conversation.
     *
     * @param group the group
     * @return its id
     */
    static ConversationId of(GroupId group) {
        return new Group(group);
    }

    /**
     * Reads what {@code toString} has written, and nothing else: no other text is taken for a conversation, so that each has one text only.
     *
     * @param text {@code g:<group>} or {@code p:<length>:<user>:<user>}
     * @return the conversation, or empty where the text is not exactly one's
     */
    static Optional<ConversationId> parse(String text) {
        ConversationId found = null;
        try {
            if (text.startsWith("g:")) {
                found = new Group(new GroupId(text.substring(2)));
            } else if (text.startsWith("p:")) {
                int colon = text.indexOf(':', 2);
                int second = colon + 1 + Integer.parseInt(text, 2, Math.max(2, colon), 10);
                found = new Pair(new UserId(text.substring(colon + 1, second)), new UserId(text.substring(second + 1)));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // No number, too short, no valid id, or not in order.
        }
        return found != null && found.toString().equals(text) ? Optional.of(found) : Optional.empty();
    }

    /**
     * The conversation of two users.
     *
     * @param one a user
     * @param other the other, or the same
     * @return its id, whichever way round they are given
     */
    static ConversationId between(UserId one, UserId other) {
        return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
    }
}
