package io.embedim.testkit.simulation;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SharedSessionStore;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A session store of several simulated nodes, which outlives them: as plain as can be, for few sessions. For one thread. */
final class SimulatedSessions implements SharedSessionStore {

    private final NavigableMap<ConnectionId, State> states = new TreeMap<>();
    private final Set<ConnectionId> removed = new HashSet<>();

    private record State(
            Session session, long version, @Nullable Sender sender) {}

    @Override
    public CompletionStage<Void> put(Session session, long version, @Nullable Sender sender) {
        State before = states.get(session.id());
        if (!removed.contains(session.id()) && (before == null || before.version < version)) {
            states.put(session.id(), new State(session, version, sender));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(ConnectionId id, long version) {
        removed.add(id);
        states.remove(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
        State before = states.get(id);
        if (before == null || !before.session.node().equals(node)) {
            return done(Optional.empty());
        }
        states.remove(id);
        return done(Optional.of(new Reaped(before.session, before.sender)));
    }

    @Override
    public CompletionStage<Optional<Session>> find(ConnectionId id) {
        return done(live().filter(session -> session.id().equals(id)).findFirst());
    }

    @Override
    public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
        return page(page, session -> user.equals(session.user()));
    }

    @Override
    public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
        return page(page, session -> session.groups().contains(group));
    }

    @Override
    public CompletionStage<Page<Session>> all(PageRequest page) {
        return page(page, session -> true);
    }

    @Override
    public CompletionStage<Page<Session>> ofNode(NodeId node, PageRequest page) {
        return page(page, session -> session.node().equals(node));
    }

    @Override
    public CompletionStage<Page<UserId>> users(PageRequest page) {
        return done(new Page<>(
                live().map(Session::user).filter(Objects::nonNull).distinct().toList(), null));
    }

    @Override
    public CompletionStage<Page<GroupId>> groups(PageRequest page) {
        return done(new Page<>(
                live().flatMap(session -> session.groups().stream()).distinct().toList(), null));
    }

    @Override
    public CompletionStage<Long> countInGroup(GroupId group) {
        return done(live().filter(session -> session.groups().contains(group)).count());
    }

    @Override
    public CompletionStage<SessionCounts> counts() {
        return done(new SessionCounts(live().count(), 0, 0));
    }

    private Stream<Session> live() {
        return states.values().stream().map(State::session);
    }

    private CompletionStage<Page<Session>> page(PageRequest page, Predicate<Session> which) {
        String after = page.after();
        List<Session> found = live().filter(which)
                .filter(session -> after == null || session.id().compareTo(new ConnectionId(after)) > 0)
                .toList();
        boolean more = found.size() > page.limit();
        List<Session> items = more ? found.subList(0, page.limit()) : found;
        return done(new Page<>(items, more ? items.get(items.size() - 1).id().value() : null));
    }

    private static <T extends @Nullable Object> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
