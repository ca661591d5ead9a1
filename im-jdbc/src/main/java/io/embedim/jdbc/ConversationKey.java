package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.sql.SQLException;

/** A conversation from the text that a column has of it. */
final class ConversationKey {

    private static final String GROUP = "g:";
    private static final String PAIR = "p:";

    private ConversationKey() {}

    /** The opposite of {@link LogState#key}. */
    static ConversationId conversation(String stored) throws SQLException {
        String text = StoredText.decode(stored);
        try {
            if (text.startsWith(GROUP)) {
                return ConversationId.of(new GroupId(text.substring(GROUP.length())));
            } else if (text.startsWith(PAIR)) {
                int colon = text.indexOf(':', PAIR.length());
                int second = colon + 1 + Integer.parseInt(text.substring(PAIR.length(), colon));
                return ConversationId.between(
                        new UserId(text.substring(colon + 1, second)), new UserId(text.substring(second + 1)));
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new SQLException("a conversation '" + text + "'; expected g:<group> or p:<length>:<user>:<user>", e);
        }
        throw new SQLException("a conversation '" + text + "'; expected g:<group> or p:<length>:<user>:<user>");
    }
}
