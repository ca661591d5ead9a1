package io.embedim.conversation;

import java.util.List;

/**
 * A part of a user's list of conversations.
 *
 * @param status how it answers what was asked
 * @param epoch of which list; with {@code version} the cursor to read on from
 * @param version of the last item; where there is none, of the cursor that was given, or 0 after a reset
 * @param items in the order of versions, each conversation once
 */
public record DirectoryPage(Status status, String epoch, long version, List<Item> items) {

    /** How a page answers what was asked (protocol D2, D3). */
    public enum Status {
        /** All there is behind the cursor. */
        OK,
        /** There is more behind this page. */
        MORE,
        /** The cursor was not of this list, and the page begins it anew. There may be more behind this page. */
        RESET
    }

    /**
     * A conversation in the list.
     *
     * @param conversation which
     * @param version when it was put, 1 or more
     * @param belongs false where the user has left
     */
    public record Item(ConversationId conversation, long version, boolean belongs) {}

    /** Keeps a copy of the items. */
    public DirectoryPage {
        items = List.copyOf(items);
    }

    /**
     * Judges a cursor (K5), for authors of a directory.
     *
     * @param ofList the list's epoch
     * @param top the highest version in the list, 0 where it is empty
     * @param epoch the cursor's epoch
     * @param version the cursor's version
     * @return whether the cursor is of this list
     */
    public static boolean fits(String ofList, long top, String epoch, long version) {
        return (epoch.isEmpty() && version == 0) || (epoch.equals(ofList) && version <= top);
    }
}
