package io.embedim.session;

import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link Memberships}: one node, in memory, empty after a restart.
 *
 * <p><b>Threads.</b> Safe for use by any thread. One lock guards everything, so each call is atomic; it is held for about a microsecond, for a page as long as its
 * items need. Stages are complete when they are returned.
 *
 * <p><b>Cost and limits.</b> A call takes O(log n) in the members of the group and the groups of the user. What was removed is forgotten, but for one number for
 * the whole store: the highest version that was ever removed. New memberships start above it, which keeps M4 for ever.
 *
 * <p><b>Failure.</b> A cursor that this store never gave fails the stage with {@link ImException}; nothing else does.
 */
public final class InMemoryMemberships implements Memberships {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GroupId, NavigableMap<UserId, Membership>> byGroup = new HashMap<>();
    private final Map<UserId, NavigableMap<GroupId, Membership>> byUser = new HashMap<>();
    private long highestRemoved;

    /** Nobody belongs anywhere yet. */
    public InMemoryMemberships() {}

    @Override
    public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
        return locked(() -> Optional.ofNullable(stored(user, group)));
    }

    @Override
    public CompletionStage<Optional<Membership>> save(Membership membership) {
        return locked(() -> {
            Membership before = stored(membership.user(), membership.group());
            if (membership.version() != (before == null ? 0 : before.version())) {
                return Optional.empty();
            }
            Membership saved = membership.withVersion((before == null ? highestRemoved : before.version()) + 1);
            byGroup.computeIfAbsent(saved.group(), group -> new TreeMap<>()).put(saved.user(), saved);
            byUser.computeIfAbsent(saved.user(), user -> new TreeMap<>()).put(saved.group(), saved);
            return Optional.of(saved);
        });
    }

    @Override
    public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
        return locked(() -> {
            Membership before = stored(user, group);
            if (before == null || before.version() != version) {
                return false;
            }
            highestRemoved = Math.max(highestRemoved, version);
            take(byGroup, group, user);
            take(byUser, user, group);
            return true;
        });
    }

    @Override
    public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
        return locked(() ->
                page(byGroup.get(group), page, UserId::new, last -> last.user().value()));
    }

    @Override
    public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
        return locked(() ->
                page(byUser.get(user), page, GroupId::new, last -> last.group().value()));
    }

    private @Nullable Membership stored(UserId user, GroupId group) {
        Map<GroupId, Membership> groups = byUser.get(user);
        return groups == null ? null : groups.get(group);
    }

    private static <A, B> void take(Map<A, NavigableMap<B, Membership>> index, A key, B member) {
        index.computeIfPresent(key, (same, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
    }

    private static <K> Page<Membership> page(
            @Nullable NavigableMap<K, Membership> index,
            PageRequest page,
            Function<String, K> fromCursor,
            Function<Membership, String> toCursor) {
        if (index == null) {
            return Page.empty();
        }
        String after = page.after();
        List<Membership> items = new ArrayList<>(Math.min(page.limit(), index.size()));
        for (Membership membership : (after == null ? index : index.tailMap(fromCursor.apply(after), false)).values()) {
            if (items.size() == page.limit()) {
                return new Page<>(items, toCursor.apply(items.get(items.size() - 1)));
            }
            items.add(membership);
        }
        return new Page<>(items, null);
    }

    private <T> CompletionStage<T> locked(Supplier<T> step) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(step.get());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new ImException("page cursor; expected one that this store gave: " + e.getMessage(), e));
        } finally {
            lock.unlock();
        }
    }
}
