package io.embedim.testkit.contract;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SessionStore;
import io.embedim.session.SharedSessionStore;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Stores of several nodes that break one rule each. */
final class BrokenSharedSessionStores {

    private BrokenSharedSessionStores() {}

    /** Correct, to be overridden. Listings are those of the store in memory, made anew where a session was reaped. */
    static class Store implements SharedSessionStore {

        private final NavigableMap<ConnectionId, State> states = new TreeMap<>();
        private final Set<ConnectionId> removed = new HashSet<>();
        private SessionStore listings = new InMemorySessionStore(Clock.systemUTC());

        private record State(
                Session session, long version, @Nullable Sender sender) {}

        @Override
        public CompletionStage<Void> put(Session session, long version, @Nullable Sender sender) {
            synchronized (states) {
                State before = states.get(session.id());
                if (!removed.contains(session.id()) && (before == null || before.version < version)) {
                    states.put(session.id(), new State(session, version, sender));
                }
                return listings.put(session, version);
            }
        }

        @Override
        public CompletionStage<Void> remove(ConnectionId id, long version) {
            synchronized (states) {
                states.remove(id);
                removed.add(id);
                return listings.remove(id, version);
            }
        }

        @Override
        public CompletionStage<Page<Session>> ofNode(NodeId node, PageRequest page) {
            synchronized (states) {
                return done(page(
                        page,
                        states.values().stream()
                                .map(State::session)
                                .filter(session -> session.node().equals(node))
                                .toList()));
            }
        }

        @Override
        public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
            synchronized (states) {
                State state = states.get(id);
                if (state == null || !state.session.node().equals(node)) {
                    return done(Optional.empty());
                }
                states.remove(id);
                listings = new InMemorySessionStore(Clock.systemUTC());
                states.values()
                        .forEach(each -> listings.put(each.session, each.version)
                                .toCompletableFuture()
                                .join());
                return done(Optional.of(new Reaped(state.session, state.sender)));
            }
        }

        private SessionStore listings() {
            synchronized (states) {
                return listings;
            }
        }

        @Override
        public CompletionStage<Optional<Session>> find(ConnectionId id) {
            return listings().find(id);
        }

        @Override
        public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
            return listings().ofUser(user, page);
        }

        @Override
        public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
            return listings().inGroup(group, page);
        }

        @Override
        public CompletionStage<Page<Session>> all(PageRequest page) {
            return listings().all(page);
        }

        @Override
        public CompletionStage<Page<UserId>> users(PageRequest page) {
            return listings().users(page);
        }

        @Override
        public CompletionStage<Page<GroupId>> groups(PageRequest page) {
            return listings().groups(page);
        }

        @Override
        public CompletionStage<Long> countInGroup(GroupId group) {
            return listings().countInGroup(group);
        }

        @Override
        public CompletionStage<SessionCounts> counts() {
            return listings().counts();
        }
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** In the order of their ids. */
    private static Page<Session> page(PageRequest page, List<Session> all) {
        List<Session> behind = all.stream()
                .filter(session -> page.after() == null || session.id().value().compareTo(page.after()) > 0)
                .sorted(Comparator.comparing(session -> session.id().value()))
                .toList();
        List<Session> items = behind.stream().limit(page.limit()).toList();
        boolean more = items.size() < behind.size();
        return new Page<>(items, more ? items.get(items.size() - 1).id().value() : null);
    }

    static final class ForgetsWhichNode extends Store {

        @Override
        public CompletionStage<Page<Session>> ofNode(NodeId node, PageRequest page) {
            return all(page);
        }
    }

    /** A session that goes to another node stays in the index of the first one. */
    static final class KeepsOldNode extends Store {

        private final Map<ConnectionId, Session> first = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Void> put(Session session, long version, @Nullable Sender sender) {
            first.putIfAbsent(session.id(), session);
            return super.put(session, version, sender);
        }

        @Override
        public CompletionStage<Void> remove(ConnectionId id, long version) {
            first.remove(id);
            return super.remove(id, version);
        }

        @Override
        public CompletionStage<Page<Session>> ofNode(NodeId node, PageRequest page) {
            return done(page(
                    page,
                    first.values().stream()
                            .filter(session -> session.node().equals(node))
                            .toList()));
        }
    }

    static final class ReapsWhateverNode extends Store {

        @Override
        public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
            return find(id).thenCompose(
                            found -> super.reap(id, found.map(Session::node).orElse(node)));
        }
    }

    static final class ReapsForGood extends Store {

        @Override
        public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
            return super.reap(id, node)
                    .thenCompose(reaped -> remove(id, Long.MAX_VALUE).thenApply(removed -> reaped));
        }
    }

    static final class TellsWithoutReaping extends Store {

        private final Map<ConnectionId, Reaped> told = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Void> put(Session session, long version, @Nullable Sender sender) {
            told.put(session.id(), new Reaped(session, sender));
            return super.put(session, version, sender);
        }

        @Override
        public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
            return done(Optional.ofNullable(told.remove(id)));
        }
    }

    static final class ForgetsSender extends Store {

        @Override
        public CompletionStage<Void> put(Session session, long version, @Nullable Sender sender) {
            return super.put(session, version, null);
        }
    }

    /** Looks and removes in two steps, so that of several at once each is told. */
    static final class LooksThenReaps extends Store {

        private static final long PATIENCE_MILLIS = 200;

        private final CyclicBarrier looked = new CyclicBarrier(4);

        @Override
        public CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node) {
            Optional<Session> found = find(id).toCompletableFuture().join();
            try {
                looked.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                return super.reap(id, node); // Nobody else is here.
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return super.reap(id, node).thenApply(reaped -> found.map(session -> new Reaped(session, null)));
        }
    }
}
