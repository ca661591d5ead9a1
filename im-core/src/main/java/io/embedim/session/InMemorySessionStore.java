package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The default {@link SessionStore}: one node, in memory. */
public final class InMemorySessionStore implements SessionStore {

    /**
     * An empty store.
     *
     * @param clock the time of day
     */
    public InMemorySessionStore(InstantSource clock) {}

    @Override
    public CompletionStage<Void> put(Session session, long version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> remove(ConnectionId id, long version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<Session>> find(ConnectionId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Page<Session>> all(PageRequest page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> countInGroup(GroupId group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<SessionCounts> counts() {
        throw new UnsupportedOperationException();
    }
}
