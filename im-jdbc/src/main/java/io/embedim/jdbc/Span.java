package io.embedim.jdbc;

import io.embedim.conversation.EntryRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a member may see.
 *
 * @param version the membership's
 * @param first the entry that added it
 * @param prev the mid of the entry before that
 * @param last the entry that removed it, or null while it is a member
 */
record Span(
        long version, EntryRef first, String prev, @Nullable EntryRef last) {

    /** From the columns behind the user of {@link Sql#SPANS}. */
    static Span read(ResultSet row, int at) throws SQLException {
        String lastMid = row.getString(at + 5);
        return new Span(
                row.getLong(at),
                new EntryRef(row.getLong(at + 1), row.getString(at + 2)),
                row.getString(at + 3),
                lastMid == null ? null : new EntryRef(row.getLong(at + 4), lastMid));
    }
}
