package io.embedim.testkit.contract;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SessionStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Stores that break one rule each. */
final class BrokenSessionStores {

    private BrokenSessionStores() {}

    /** Correct, to be overridden. */
    static class Store implements SessionStore {

        final SessionStore correct = new InMemorySessionStore(Clock.systemUTC());

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            return correct.put(session, version);
        }

        @Override
        public CompletionStage<Void> remove(ConnectionId id, long version) {
            return correct.remove(id, version);
        }

        @Override
        public CompletionStage<Optional<Session>> find(ConnectionId id) {
            return correct.find(id);
        }

        @Override
        public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
            return correct.ofUser(user, page);
        }

        @Override
        public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
            return correct.inGroup(group, page);
        }

        @Override
        public CompletionStage<Page<Session>> all(PageRequest page) {
            return correct.all(page);
        }

        @Override
        public CompletionStage<Page<UserId>> users(PageRequest page) {
            return correct.users(page);
        }

        @Override
        public CompletionStage<Page<GroupId>> groups(PageRequest page) {
            return correct.groups(page);
        }

        @Override
        public CompletionStage<Long> countInGroup(GroupId group) {
            return correct.countInGroup(group);
        }

        @Override
        public CompletionStage<SessionCounts> counts() {
            return correct.counts();
        }
    }

    static final class ForgetsOldUser extends Store {

        private final Map<UserId, Map<ConnectionId, Session>> everBound = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            if (session.user() != null) {
                everBound
                        .computeIfAbsent(session.user(), user -> new ConcurrentHashMap<>())
                        .put(session.id(), session);
            }
            return super.put(session, version);
        }

        @Override
        public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
            return CompletableFuture.completedFuture(new Page<>(
                    List.copyOf(everBound.getOrDefault(user, Map.of()).values()), null));
        }
    }

    static final class LowerVersionOverwrites extends Store {

        private final AtomicLong versions = new AtomicLong();

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            return super.put(session, versions.incrementAndGet());
        }
    }

    static final class Resurrects extends Store {

        private final Map<ConnectionId, Session> late = new ConcurrentHashMap<>();
        private final Set<ConnectionId> removed = ConcurrentHashMap.newKeySet();

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            if (removed.contains(session.id())) {
                late.put(session.id(), session);
            }
            return super.put(session, version);
        }

        @Override
        public CompletionStage<Void> remove(ConnectionId id, long version) {
            removed.add(id);
            return super.remove(id, version);
        }

        @Override
        public CompletionStage<Optional<Session>> find(ConnectionId id) {
            Session back = late.get(id);
            return back == null ? super.find(id) : CompletableFuture.completedFuture(Optional.of(back));
        }
    }

    static final class ShowsTwice extends Store {

        @Override
        public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
            return super.inGroup(group, page).thenApply(shown -> {
                List<Session> items = new ArrayList<>(shown.items());
                if (page.after() != null && items.size() > 1) {
                    items.set(1, items.get(0));
                }
                return new Page<>(items, shown.next());
            });
        }
    }

    static final class Skips extends Store {

        @Override
        public CompletionStage<Page<Session>> all(PageRequest page) {
            return super.all(page)
                    .thenApply(shown -> shown.next() == null || shown.items().size() < 2
                            ? shown
                            : new Page<>(shown.items().subList(1, shown.items().size()), shown.next()));
        }
    }

    static final class IgnoresLimit extends Store {

        @Override
        public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
            return super.ofUser(user, PageRequest.first(PageRequest.MAX_LIMIT));
        }
    }

    static final class NeverEnds extends Store {

        @Override
        public CompletionStage<Page<Session>> all(PageRequest page) {
            return CompletableFuture.completedFuture(new Page<>(List.of(), "again"));
        }
    }

    static final class CountsSessionsAsUsers extends Store {

        @Override
        public CompletionStage<SessionCounts> counts() {
            return super.counts()
                    .thenApply(counts -> new SessionCounts(counts.sessions(), counts.sessions(), counts.groups()));
        }
    }

    static final class ShowsUsersOncePerSession extends Store {

        @Override
        public CompletionStage<Page<UserId>> users(PageRequest page) {
            return super.all(page)
                    .thenApply(shown -> new Page<>(
                            shown.items().stream()
                                    .flatMap(session -> Stream.ofNullable(session.user()))
                                    .toList(),
                            shown.next()));
        }
    }

    static final class KeepsEmptyGroups extends Store {

        private final Set<GroupId> ever = new ConcurrentSkipListSet<>();

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            ever.addAll(session.groups());
            return super.put(session, version);
        }

        @Override
        public CompletionStage<Page<GroupId>> groups(PageRequest page) {
            List<GroupId> behind = ever.stream()
                    .filter(group -> page.after() == null || group.value().compareTo(page.after()) > 0)
                    .toList();
            List<GroupId> items = behind.stream().limit(page.limit()).toList();
            return CompletableFuture.completedFuture(new Page<>(
                    items,
                    items.size() < behind.size() ? items.get(items.size() - 1).value() : null));
        }
    }

    static final class RemoveThrows extends Store {

        @Override
        public CompletionStage<Void> remove(ConnectionId id, long version) {
            if (id.value().equals("unknown")) {
                throw new ImException("no such session");
            }
            return super.remove(id, version);
        }
    }

    static final class RemoveFails extends Store {

        @Override
        public CompletionStage<Void> remove(ConnectionId id, long version) {
            return id.value().equals("unknown")
                    ? CompletableFuture.failedFuture(new ImException("no such session"))
                    : super.remove(id, version);
        }
    }

    static final class LosesAttributes extends Store {

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            return super.put(
                    new Session(
                            session.id(),
                            session.node(),
                            session.user(),
                            session.groups(),
                            Map.of(),
                            session.openedAt()),
                    version);
        }
    }

    static final class ChecksThenPuts extends Store {

        private final Map<ConnectionId, Long> versions = new ConcurrentHashMap<>();
        private final Map<ConnectionId, CountDownLatch> highest = new ConcurrentHashMap<>();
        private final AtomicLong always = new AtomicLong();

        @Override
        public CompletionStage<Void> put(Session session, long version) {
            if (versions.getOrDefault(session.id(), 0L) >= version) {
                return CompletableFuture.completedFuture(null);
            }
            // Between the check and the put, the put of another thread comes in.
            CountDownLatch overtaken = highest.computeIfAbsent(session.id(), id -> new CountDownLatch(1));
            try {
                boolean ignored = version < 4 && overtaken.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            versions.put(session.id(), version);
            CompletionStage<Void> stored = super.put(session, always.incrementAndGet());
            overtaken.countDown();
            return stored;
        }
    }
}
