package io.embedim.jdbc;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Position;
import io.embedim.conversation.Retention;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where one log stands in one transaction: as its row says, and then as the appends of the transaction change it. */
final class LogState {

    /** Of a log that keeps nothing: no age is above this one. */
    private static final long NEVER = Long.MAX_VALUE;

    final ConversationId conversation;
    final String key;
    final String epoch;
    /** What had been delivered before. */
    final long before;

    long seq;
    String lastMid;
    long floor;
    String floorPrev;
    long floorAt;
    long bytes;
    private final boolean isNew;

    private LogState(ConversationId conversation, String epoch, long seq, String lastMid, boolean isNew) {
        this.conversation = conversation;
        this.key = key(conversation);
        this.epoch = epoch;
        this.before = seq;
        this.seq = seq;
        this.lastMid = lastMid;
        this.floor = seq + 1;
        this.floorPrev = lastMid;
        this.floorAt = NEVER;
        this.isNew = isNew;
    }

    static String key(ConversationId conversation) {
        return StoredText.encode(conversation.toString());
    }

    /** A log that begins now. */
    static LogState begun(ConversationId conversation, String epoch) {
        return new LogState(conversation, epoch, 0, "", true);
    }

    /** A log whose row is gone and whose entries are not: it goes on behind them (L4). */
    static LogState found(ConversationId conversation, String epoch, Kept kept) {
        LogState log = new LogState(conversation, epoch, kept.seq(), kept.lastMid(), true);
        log.floor = kept.floor();
        log.floorPrev = kept.floorPrev();
        log.floorAt = kept.floorAt();
        log.bytes = kept.bytes();
        return log;
    }

    /** What is known of a log by its entries alone. */
    record Kept(long seq, String lastMid, long floor, String floorPrev, long floorAt, long bytes) {}

    /** From a row that begins with the columns of {@link Sql#LOGS}. */
    static LogState read(ConversationId conversation, ResultSet row) throws SQLException {
        LogState log = new LogState(conversation, row.getString(2), row.getLong(3), row.getString(4), false);
        log.floor = row.getLong(5);
        log.floorPrev = row.getString(6);
        log.floorAt = row.getLong(7);
        log.bytes = row.getLong(8);
        return log;
    }

    boolean hasChanged() {
        return seq > before;
    }

    boolean isNew() {
        return isNew;
    }

    long size() {
        return seq - floor + 1;
    }

    Position top() {
        return new Position(epoch, seq, lastMid);
    }

    /** One entry more. */
    void add(String mid, long at, long weight) {
        if (size() == 0) {
            floorAt = at;
        }
        seq++;
        lastMid = mid;
        bytes += weight;
    }

    /** One entry less, the first one. */
    void dropFirst(String mid, long weight) {
        floor++;
        floorPrev = mid;
        bytes -= weight;
        if (size() == 0) {
            floorAt = NEVER;
        }
    }

    boolean isBeyond(Retention retention, long oldest) {
        return size() > 0 && (size() > retention.entries() || bytes > retention.bytes() || floorAt < oldest);
    }

    /** Sets the parameters of {@link Sql#NEW_LOG} and {@link Sql#CHANGE_LOG}. */
    void write(PreparedStatement statement) throws SQLException {
        statement.setString(1, epoch);
        statement.setLong(2, seq);
        statement.setString(3, lastMid);
        statement.setLong(4, floor);
        statement.setString(5, floorPrev);
        statement.setLong(6, floorAt);
        statement.setLong(7, bytes);
        statement.setString(8, key);
    }
}
