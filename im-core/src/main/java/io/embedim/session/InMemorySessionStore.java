package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link SessionStore}: one node, in memory.
 *
 * <p><b>Threads.</b> Safe for use by any thread. One lock guards everything, so each call is atomic; it is held for about a microsecond, for a page as long as its
 * items need, and never while foreign code runs. Stages are complete when they are returned.
 *
 * <p><b>Cost.</b> Find takes the same time whatever the number of sessions, put and remove O(log n) in the users and groups; a page takes what its items take; counts are kept. A session is kept as the
 * instance that was put.
 *
 * <p><b>Limits.</b> Nothing grows but with open sessions: the memory of removed ones (S4) is bounded to 10,000 and ten minutes.
 *
 * <p><b>Failure.</b> A version below 1 and a cursor that this store never gave fail the stage with {@link ImException}; nothing else does.
 */
public final class InMemorySessionStore implements SessionStore {

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final HashRoster sessions = new HashRoster();
    private final NavigableMap<UserId, Roster> users = new TreeMap<>();
    private final NavigableMap<GroupId, Roster> groups = new TreeMap<>();
    private final Tombstones tombstones = new Tombstones();

    /**
     * An empty store.
     *
     * @param clock the time of day
     */
    public InMemorySessionStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> put(Session session, long version) {
        if (version < 1) {
            return failed("version " + version + " of session " + session.id() + "; expected 1 or more");
        }
        return locked(() -> {
            SessionEntry entry = sessions.find(session.id());
            if (entry != null) {
                replace(entry, session, version);
            } else if (!tombstones.contains(session.id(), clock.instant())) {
                add(new SessionEntry(session, version));
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Void> remove(ConnectionId id, long version) {
        return locked(() -> {
            tombstones.add(id, clock.instant());
            SessionEntry entry = sessions.find(id);
            if (entry != null) {
                sessions.minus(entry);
                unbind(entry, entry.session().user());
                leave(entry, Set.of());
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<Session>> find(ConnectionId id) {
        return locked(() -> Optional.ofNullable(sessions.find(id)).map(SessionEntry::session));
    }

    @Override
    public CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
        return page(() -> users.get(user), page);
    }

    @Override
    public CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
        return page(() -> groups.get(group), page);
    }

    @Override
    public CompletionStage<Page<Session>> all(PageRequest page) {
        return page(() -> sessions, page);
    }

    @Override
    public CompletionStage<Page<UserId>> users(PageRequest page) {
        return keys(users, page, UserId::new, UserId::value);
    }

    @Override
    public CompletionStage<Page<GroupId>> groups(PageRequest page) {
        return keys(groups, page, GroupId::new, GroupId::value);
    }

    @Override
    public CompletionStage<Long> countInGroup(GroupId group) {
        return locked(() -> {
            Roster members = groups.get(group);
            return members == null ? 0L : members.size();
        });
    }

    @Override
    public CompletionStage<SessionCounts> counts() {
        return locked(() -> new SessionCounts(sessions.size(), users.size(), groups.size()));
    }

    private void add(SessionEntry entry) {
        sessions.plus(entry);
        bind(entry, entry.session().user());
        join(entry, Set.of());
    }

    private void replace(SessionEntry entry, Session newer, long version) {
        if (version <= entry.version()) {
            return;
        }
        UserId before = entry.session().user();
        UserId after = newer.user();
        boolean rebound = before == null ? after != null : !before.equals(after);
        if (rebound) {
            unbind(entry, before);
        }
        leave(entry, newer.groups());
        Set<GroupId> joined = entry.session().groups();
        entry.replace(newer, version);
        join(entry, joined);
        if (rebound) {
            bind(entry, after);
        }
    }

    private void bind(SessionEntry entry, @Nullable UserId user) {
        if (user != null) {
            users.merge(user, entry, (roster, one) -> roster.plus(entry));
        }
    }

    private void unbind(SessionEntry entry, @Nullable UserId user) {
        if (user != null) {
            users.computeIfPresent(user, (key, roster) -> roster.minus(entry) ? null : roster);
        }
    }

    private void join(SessionEntry entry, Set<GroupId> joinedBefore) {
        for (GroupId group : entry.session().groups()) {
            if (!joinedBefore.contains(group)) {
                groups.merge(group, entry, (roster, one) -> roster.plus(entry));
            }
        }
    }

    private void leave(SessionEntry entry, Set<GroupId> stays) {
        for (GroupId group : entry.session().groups()) {
            if (!stays.contains(group)) {
                groups.computeIfPresent(group, (key, roster) -> roster.minus(entry) ? null : roster);
            }
        }
    }

    private <K> CompletionStage<Page<K>> keys(
            NavigableMap<K, Roster> rosters,
            PageRequest page,
            Function<String, K> fromCursor,
            Function<K, String> toCursor) {
        K after;
        try {
            after = page.after() == null ? null : fromCursor.apply(page.after());
        } catch (IllegalArgumentException e) {
            return noCursor(page, e);
        }
        return locked(() -> {
            List<K> items = new ArrayList<>(Math.min(page.limit(), rosters.size()));
            for (K key : (after == null ? rosters : rosters.tailMap(after, false)).keySet()) {
                if (items.size() == page.limit()) {
                    return new Page<>(items, toCursor.apply(items.get(items.size() - 1)));
                }
                items.add(key);
            }
            return new Page<>(items, null);
        });
    }

    private CompletionStage<Page<Session>> page(Supplier<@Nullable Roster> of, PageRequest page) {
        try {
            return locked(() -> {
                Roster roster = of.get();
                return roster == null ? Page.empty() : roster.page(page);
            });
        } catch (IllegalArgumentException e) {
            return noCursor(page, e);
        }
    }

    private static <T> CompletionStage<T> noCursor(PageRequest page, IllegalArgumentException e) {
        return failed("page cursor " + page.after() + "; expected one that this store gave: " + e.getMessage());
    }

    private <T extends @Nullable Object> CompletionStage<T> locked(Supplier<T> step) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(step.get());
        } finally {
            lock.unlock();
        }
    }

    private static <T extends @Nullable Object> CompletionStage<T> failed(String message) {
        return CompletableFuture.failedFuture(new ImException(message));
    }
}
