package io.embedim.examples.demo;

import io.embedim.ImListener;
import io.embedim.connection.CloseReason;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.Sender;
import io.embedim.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers under which name each connection has joined, until it closes. A name counts once the join was accepted: frames of one connection are handled one at a time, so
 * what is accepted is what was received last.
 */
final class Names implements ImListener {

    private static final int MAX = 100_000;

    private final Map<ConnectionId, Entry> entries = new ConcurrentHashMap<>();

    Optional<Person> of(ConnectionId connection) {
        return Optional.ofNullable(entries.get(connection)).map(Entry::accepted);
    }

    int size() {
        return entries.size();
    }

    @Override
    public void received(Session session, ClientFrame frame) {
        if (frame instanceof ClientFrame.JoinPrivate join) {
            claim(session, join.sender());
        } else if (frame instanceof ClientFrame.JoinGroup join) {
            claim(session, join.sender());
        }
    }

    @Override
    public void bound(Session session) {
        accept(session);
    }

    @Override
    public void joined(Session session, GroupId group) {
        accept(session);
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        entries.remove(session.id());
    }

    private void claim(Session session, Sender sender) {
        if (entries.size() < MAX || entries.containsKey(session.id())) {
            Person claimed = new Person(sender.user(), sender.name());
            entries.merge(session.id(), new Entry(claimed, null), (old, fresh) -> new Entry(claimed, old.accepted()));
        }
    }

    private void accept(Session session) {
        entries.computeIfPresent(session.id(), (id, entry) -> new Entry(entry.claimed(), entry.claimed()));
    }

    private record Entry(Person claimed, @Nullable Person accepted) {}
}
