package io.embedim.internal.v2;

import io.embedim.conversation.ConversationId;
import java.util.List;
import java.util.Locale;

/**
 * What was added to a user's list of conversations (protocol D1 to D3).
 *
 * @param status how it answers what was asked
 * @param epoch which list
 * @param version the cursor from which to go on
 * @param added what was added behind the cursor that was asked for
 */
public record DirectoryPage(Status status, String epoch, long version, List<Listed> added) {

    /** How a page answers what was asked. */
    public enum Status {
        /** All there is. */
        OK,
        /** There is more behind it. */
        MORE,
        /** The cursor was of another list; this one begins anew. */
        RESET;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One conversation, and whether the user is no member of it any more. */
    public record Listed(ConversationId conversation, long version, boolean left) {}

    /** Keeps a copy. */
    public DirectoryPage {
        added = List.copyOf(added);
    }
}
