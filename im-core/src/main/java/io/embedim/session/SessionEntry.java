package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import java.util.List;

/**
 * What {@link InMemorySessionStore} keeps of one connection: shared by all its indexes, so that a change of the session that keeps user and groups touches no
 * index. Also the {@link Roster} of itself alone, which makes a user with one connection cost no roster.
 *
 * <p>Guarded by the store's lock.
 */
final class SessionEntry implements Roster {

    /** Where the connection stands in every listing: by this number, unsigned, then by id. */
    final int order;

    private Session session;
    private long version;

    SessionEntry(Session session, long version) {
        this.order = order(session.id());
        this.session = session;
        this.version = version;
    }

    /** Spreads the hash over the high bits, by which tables are ordered. */
    static int order(ConnectionId id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 15)) * 0x85EBCA6B;
    }

    Session session() {
        return session;
    }

    long version() {
        return version;
    }

    void replace(Session newer, long newVersion) {
        this.session = newer;
        this.version = newVersion;
    }

    int compareTo(int otherOrder, ConnectionId otherId) {
        int byOrder = Integer.compareUnsigned(order, otherOrder);
        return byOrder != 0 ? byOrder : session.id().compareTo(otherId);
    }

    @Override
    public Roster plus(SessionEntry entry) {
        return new HashRoster().plus(this).plus(entry);
    }

    @Override
    public boolean minus(SessionEntry entry) {
        return true;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public Page<Session> page(PageRequest page) {
        String after = page.after();
        boolean behind = after == null || isBehind(new ConnectionId(after));
        return behind ? new Page<>(List.of(session), null) : Page.empty();
    }

    private boolean isBehind(ConnectionId cursor) {
        return compareTo(order(cursor), cursor) > 0;
    }
}
