package io.embedim.jdbc;

/**
 * Every statement there is, the same for H2 and PostgreSQL, but for the tables in {@code schema.sql}. What reads a log names a range of the primary key, so that a page costs the same
 * wherever it is; nothing counts rows to get somewhere.
 * What is ordered names all columns of the key, those too that are the same in all rows: else H2 sorts all there is before it takes the first.
 */
final class Sql {

    /** Also the lock that all writing transactions take first: one that another process, or a lost connection, has still open is waited for. */
    static final String FENCE =
            "UPDATE im_broker SET beat = beat + 1, renewed = CURRENT_TIMESTAMP WHERE name = 'embedim' AND owner = ?";

    static final String BROKER =
            "SELECT version, owner, beat, renewed, lease_ms, CURRENT_TIMESTAMP FROM im_broker WHERE name = 'embedim'";
    static final String NAME_IN_CAPITALS = "SELECT 1 FROM im_broker WHERE name = 'EMBEDIM'";
    static final String NEW_BROKER =
            "INSERT INTO im_broker (name, version, owner, beat, renewed, lease_ms) VALUES ('embedim', ?, '', 0, CURRENT_TIMESTAMP, 0)";
    static final String TAKE =
            "UPDATE im_broker SET owner = ?, lease_ms = ?, beat = beat + 1, renewed = CURRENT_TIMESTAMP WHERE name = 'embedim' AND owner = ? AND beat = ?";
    static final String RELEASE =
            "UPDATE im_broker SET owner = '', beat = beat + 1 WHERE name = 'embedim' AND owner = ?";

    private static final String LOG =
            "c.conv, c.epoch, c.seq, c.last_mid, c.floor_seq, c.floor_prev, c.floor_at, c.bytes";
    static final String LOGS = "SELECT " + LOG + " FROM im_conversation c WHERE c.conv = ANY(?)";
    static final String NEW_LOG =
            "INSERT INTO im_conversation (epoch, seq, last_mid, floor_seq, floor_prev, floor_at, bytes, conv) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    static final String CHANGE_LOG =
            "UPDATE im_conversation SET epoch = ?, seq = ?, last_mid = ?, floor_seq = ?, floor_prev = ?, floor_at = ?, bytes = ? WHERE conv = ?";

    private static final String SPAN = "version, first_seq, first_mid, first_prev, m.last_seq, m.last_mid";
    /** The log and one member's part of it in one statement, so both are of one moment. */
    static final String LOG_AND_SPAN = "SELECT " + LOG + ", m.user_id, " + SPAN
            + " FROM im_conversation c LEFT JOIN im_member m ON m.conv = c.conv AND m.user_id = ? WHERE c.conv = ?";

    static final String SPANS =
            "SELECT m.user_id, " + SPAN + " FROM im_member m WHERE m.conv = ? AND m.user_id = ANY(?)";
    static final String DROP_SPAN = "DELETE FROM im_member WHERE conv = ? AND user_id = ?";
    static final String ADD_SPAN =
            "INSERT INTO im_member (conv, user_id, version, first_seq, first_mid, first_prev) VALUES (?, ?, ?, ?, ?, ?)";
    static final String END_SPAN = "UPDATE im_member SET last_seq = ?, last_mid = ? WHERE conv = ? AND user_id = ?";

    private static final String ENTRY =
            "conv, seq, mid, prev, said_at, revision, recalled, weight, sender, sender_name, verified,"
                    + " recipient, origin, content, json, action, target_seq, target_mid, base_rev, of_others, subject, subject_ver, once_id, once_hash,"
                    + " fence_user, fence_ver";
    static final String ADD_ENTRY = "INSERT INTO im_entry (" + ENTRY
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String ENTRIES =
            "SELECT " + ENTRY + " FROM im_entry WHERE conv = ? AND seq BETWEEN ? AND ? ORDER BY seq";
    static final String WEIGHTS =
            "SELECT seq, mid, said_at, weight FROM im_entry WHERE conv = ? AND seq BETWEEN ? AND ? ORDER BY seq";
    static final String CHANGE_ENTRY =
            "UPDATE im_entry SET content = ?, json = ?, revision = ?, recalled = ?, weight = ? WHERE conv = ? AND seq = ?";
    static final String DROP_ENTRIES = "DELETE FROM im_entry WHERE conv = ? AND seq >= ? AND seq < ?";
    static final String UNREAD = "SELECT COUNT(*) FROM (SELECT seq FROM im_entry WHERE conv = ? AND seq BETWEEN ? AND ?"
            + " AND action = 'say' AND NOT recalled AND sender <> ? ORDER BY conv, seq FETCH FIRST ? ROWS ONLY) u";
    static final String LAST_ENTRY = "SELECT MAX(seq) FROM im_entry WHERE conv = ?";
    static final String KEPT = "SELECT MIN(seq), SUM(weight) FROM im_entry WHERE conv = ?";

    static final String ADD_EDIT = "INSERT INTO im_edit (conv, target_seq, seq) VALUES (?, ?, ?)";
    static final String EDITS = "SELECT seq FROM im_edit WHERE conv = ? AND target_seq = ? ORDER BY seq";
    static final String DROP_EDITS = "DELETE FROM im_edit WHERE conv = ? AND target_seq >= ? AND target_seq < ?";

    static final String ONCE = "SELECT id_key, hash, epoch, seq, mid, said_at FROM im_once WHERE id_key = ANY(?)";
    static final String ONCE_IN_LOG =
            "SELECT o.id_key, o.hash, o.epoch, o.seq, o.mid, o.said_at FROM im_once o, im_conversation c"
                    + " WHERE o.id_key = ? AND c.conv = ? AND o.epoch = c.epoch AND o.seq <= c.seq";
    static final String ADD_ONCE =
            "INSERT INTO im_once (hash, epoch, seq, mid, said_at, id_key) VALUES (?, ?, ?, ?, ?, ?)";
    static final String DROP_ONCE = "DELETE FROM im_once WHERE id_key = ?";
    static final String EXPIRE_ONCE = "DELETE FROM im_once WHERE id_key IN"
            + " (SELECT id_key FROM im_once WHERE said_at < ? ORDER BY said_at FETCH FIRST 1000 ROWS ONLY)";

    static final String LIST = "SELECT epoch, version FROM im_directory WHERE user_id = ?";
    static final String NEW_LIST = "INSERT INTO im_directory (epoch, version, user_id) VALUES (?, ?, ?)";
    static final String CHANGE_LIST = "UPDATE im_directory SET version = ? WHERE user_id = ?";
    static final String LISTED = "SELECT version, belongs FROM im_directory_entry WHERE user_id = ? AND conv = ?";
    static final String TOP_LISTED = "SELECT MAX(version) FROM im_directory_entry WHERE user_id = ?";
    static final String LISTED_BEHIND = "SELECT conv, version, belongs FROM im_directory_entry"
            + " WHERE user_id = ? AND version > ? ORDER BY user_id, version FETCH FIRST ? ROWS ONLY";
    static final String NEW_LISTED =
            "INSERT INTO im_directory_entry (version, belongs, user_id, conv) VALUES (?, ?, ?, ?)";
    static final String CHANGE_LISTED =
            "UPDATE im_directory_entry SET version = ?, belongs = ? WHERE user_id = ? AND conv = ?";

    private static final String MARK =
            "SELECT user_id, read_epoch, read_seq, read_mid, recv_epoch, recv_seq, recv_mid FROM im_mark WHERE conv = ?";
    static final String MARKS = MARK + " AND user_id = ?";
    static final String MARKS_OF_ALL = MARK + " ORDER BY conv, user_id FETCH FIRST ? ROWS ONLY";
    static final String NEW_MARKS =
            "INSERT INTO im_mark (read_epoch, read_seq, read_mid, recv_epoch, recv_seq, recv_mid, conv, user_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    static final String CHANGE_MARKS =
            "UPDATE im_mark SET read_epoch = ?, read_seq = ?, read_mid = ?, recv_epoch = ?, recv_seq = ?, recv_mid = ? WHERE conv = ? AND user_id = ?";
    static final String DROP_MARKS = "DELETE FROM im_mark WHERE conv = ? AND user_id = ?";

    private static final String MEMBERSHIP =
            "SELECT user_id, group_id, role_name, muted_until, banned_until, durable, version FROM im_membership";
    static final String FIND_MEMBERSHIP = MEMBERSHIP + " WHERE group_id = ? AND user_id = ?";
    static final String IN_GROUP =
            MEMBERSHIP + " WHERE group_id = ? AND user_id > ? ORDER BY group_id, user_id FETCH FIRST ? ROWS ONLY";
    static final String OF_USER =
            MEMBERSHIP + " WHERE user_id = ? AND group_id > ? ORDER BY user_id, group_id FETCH FIRST ? ROWS ONLY";
    static final String NEW_MEMBERSHIP =
            "INSERT INTO im_membership (role_name, muted_until, banned_until, durable, version, group_id, user_id) VALUES (?, ?, ?, ?, ?, ?, ?)";
    static final String CHANGE_MEMBERSHIP =
            "UPDATE im_membership SET role_name = ?, muted_until = ?, banned_until = ?, durable = ?, version = ? WHERE group_id = ? AND user_id = ?";
    static final String DROP_MEMBERSHIP = "DELETE FROM im_membership WHERE group_id = ? AND user_id = ?";

    /** What connections of a process that has ended had made. A mute or a ban is not to be got rid of by that. */
    private static final String LEFT_BEHIND =
            " FROM im_membership WHERE NOT durable AND muted_until IS NULL AND banned_until IS NULL";

    static final String TOP_LEFT_BEHIND = "SELECT MAX(version)" + LEFT_BEHIND;
    static final String DROP_LEFT_BEHIND = "DELETE" + LEFT_BEHIND;
    static final String OUTSIDERS =
            "UPDATE im_membership SET role_name = 'OUTSIDER', version = version + 1 WHERE NOT durable AND role_name <> 'OUTSIDER'";
    static final String REMOVED = "SELECT version FROM im_removed WHERE name = 'membership'";
    static final String NEW_REMOVED = "INSERT INTO im_removed (version, name) VALUES (?, 'membership')";
    static final String CHANGE_REMOVED = "UPDATE im_removed SET version = ? WHERE name = 'membership'";

    private Sql() {}
}
