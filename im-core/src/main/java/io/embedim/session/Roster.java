package io.embedim.session;

import io.embedim.model.Page;
import io.embedim.model.PageRequest;

/** The sessions of one user, of one group, or all: never empty, in the one order of all listings. Guarded by the store's lock. */
sealed interface Roster permits SessionEntry, HashRoster {

    /** Adds an entry that is not in it, and answers the roster to keep from now on. */
    Roster plus(SessionEntry entry);

    /** Takes out an entry that is in it, and answers whether the roster is empty now, to be thrown away. */
    boolean minus(SessionEntry entry);

    int size();

    /** The cursor is the id of the last connection shown; it need not be there any more. */
    Page<Session> page(PageRequest page);
}
