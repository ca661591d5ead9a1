package io.embedim.security;

import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link Bans}: one node, in memory, empty after a restart.
 *
 * <p><b>Threads.</b> Safe for use by any thread. One lock guards everything; it is held for about a microsecond, for a page as long as its items need. Stages are complete when they
 * are returned.
 *
 * <p><b>Limits.</b> As large as there are bans in force: those that have ended are forgotten with the next save or listing. <b>Failure.</b> A cursor that is no user's id fails the stage with
 * {@link ImException}; nothing else does.
 */
public final class InMemoryBans implements Bans {

    private static final CompletionStage<Optional<Ban>> NONE = CompletableFuture.completedStage(Optional.empty());

    private final InstantSource clock;
    private final NavigableMap<UserId, Ban> byUser = new TreeMap<>();
    private final NavigableSet<Ban> byEnd =
            new TreeSet<>(Comparator.comparing(Ban::until).thenComparing(Ban::user));

    /**
     * Nobody is banned yet.
     *
     * @param clock tells which bans have ended
     */
    public InMemoryBans(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Optional<Ban>> find(UserId user) {
        Ban found = stored(user);
        return found == null ? NONE : CompletableFuture.completedFuture(Optional.of(found));
    }

    private synchronized @Nullable Ban stored(UserId user) {
        return byUser.get(user);
    }

    @Override
    public synchronized CompletionStage<Void> save(Ban ban) {
        forgetEnded();
        take(ban.user());
        byUser.put(ban.user(), ban);
        byEnd.add(ban);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Boolean> remove(UserId user) {
        forgetEnded();
        return CompletableFuture.completedFuture(take(user));
    }

    @Override
    public synchronized CompletionStage<Page<Ban>> all(PageRequest page) {
        forgetEnded();
        String after = page.after();
        NavigableMap<UserId, Ban> rest = byUser;
        if (after != null) {
            try {
                rest = byUser.tailMap(new UserId(after), false);
            } catch (IllegalArgumentException e) {
                return CompletableFuture.failedFuture(
                        new ImException("page cursor; expected one that was given here: " + e.getMessage(), e));
            }
        }
        List<Ban> items = new ArrayList<>();
        for (Ban ban : rest.values()) {
            if (items.size() == page.limit()) {
                return CompletableFuture.completedFuture(
                        new Page<>(items, items.get(items.size() - 1).user().value()));
            }
            items.add(ban);
        }
        return CompletableFuture.completedFuture(new Page<>(items, null));
    }

    private boolean take(UserId user) {
        Ban before = byUser.remove(user);
        if (before != null) {
            byEnd.remove(before);
        }
        return before != null;
    }

    private void forgetEnded() {
        Instant now = clock.instant();
        while (!byEnd.isEmpty() && !byEnd.first().isInForce(now)) {
            take(byEnd.first().user());
        }
    }
}
