package io.embedim.testkit.contract;

import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Memberships that break one rule each. */
final class BrokenMemberships {

    private BrokenMemberships() {}

    private static <T> CompletionStage<T> now(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** Correct, to be overridden. */
    static class Members implements Memberships {

        final Memberships correct = new InMemoryMemberships();

        @Override
        public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
            return correct.find(user, group);
        }

        @Override
        public CompletionStage<Optional<Membership>> save(Membership membership) {
            return correct.save(membership);
        }

        @Override
        public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
            return correct.remove(user, group, version);
        }

        @Override
        public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
            return correct.inGroup(group, page);
        }

        @Override
        public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
            return correct.ofUser(user, page);
        }

        final long storedVersion(UserId user, GroupId group) {
            return find(user, group)
                    .toCompletableFuture()
                    .join()
                    .map(Membership::version)
                    .orElse(0L);
        }
    }

    static final class LosesTheBan extends Members {

        @Override
        public CompletionStage<Optional<Membership>> save(Membership saved) {
            return super.save(new Membership(
                    saved.user(),
                    saved.group(),
                    saved.role(),
                    saved.mutedUntil(),
                    null,
                    saved.durable(),
                    saved.version()));
        }
    }

    static final class AnswersWhatItWasGiven extends Members {

        @Override
        public CompletionStage<Optional<Membership>> save(Membership membership) {
            return super.save(membership).thenApply(saved -> saved.map(stored -> membership));
        }
    }

    static final class TakesGroupsForNumbers extends Members {

        @Override
        public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
            return super.find(user, group)
                    .thenCompose(found ->
                            found.isPresent() ? now(found) : super.find(user, new GroupId("0" + group.value())));
        }
    }

    static final class LastSaveWins extends Members {

        @Override
        public CompletionStage<Optional<Membership>> save(Membership membership) {
            return super.save(membership.withVersion(storedVersion(membership.user(), membership.group())));
        }
    }

    static final class UpdatesWhatIsNotThere extends Members {

        @Override
        public CompletionStage<Optional<Membership>> save(Membership membership) {
            return storedVersion(membership.user(), membership.group()) == 0
                    ? super.save(membership.withVersion(0))
                    : super.save(membership);
        }
    }

    /** Looks and saves in two steps, between which all others look too. */
    static final class LooksThenSaves extends Members {

        private final CyclicBarrier all = new CyclicBarrier(4);

        @Override
        public CompletionStage<Optional<Membership>> save(Membership membership) {
            if (!membership.user().value().startsWith("u") || membership.version() != 0) {
                return super.save(membership);
            }
            try {
                all.await(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | BrokenBarrierException e) {
                all.reset(); // Nobody else is there: a test with one thread.
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return super.save(membership).thenApply(saved -> saved.or(() -> Optional.of(membership.withVersion(1))));
        }
    }

    static final class RemovesAnyVersion extends Members {

        @Override
        public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
            return super.remove(user, group, storedVersion(user, group));
        }
    }

    static final class RemovesWhatIsNotThere extends Members {

        @Override
        public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
            return super.remove(user, group, version).thenApply(removed -> removed || storedVersion(user, group) == 0);
        }
    }

    static final class OnlySaysThatItRemoved extends Members {

        @Override
        public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
            return now(storedVersion(user, group) == version && version > 0);
        }
    }

    /** As a table with a version column, whose row is deleted. */
    static final class CountsFromOneAgain extends Members {

        private final Map<List<Object>, Long> removed = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
            return super.find(user, group).thenApply(found -> found.map(this::shown));
        }

        @Override
        public CompletionStage<Optional<Membership>> save(Membership given) {
            long before = given.version() == 0 ? 0 : given.version() + offset(given.user(), given.group());
            return super.save(given.withVersion(before)).thenApply(saved -> saved.map(this::shown));
        }

        @Override
        public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
            long stored = version + offset(user, group);
            return super.remove(user, group, stored).thenApply(gone -> {
                if (gone) {
                    removed.put(List.of(user, group), stored);
                }
                return gone;
            });
        }

        private long offset(UserId user, GroupId group) {
            return removed.getOrDefault(List.of(user, group), 0L);
        }

        private Membership shown(Membership stored) {
            return stored.withVersion(stored.version() - offset(stored.user(), stored.group()));
        }
    }

    static final class ShowsTwice extends Members {

        @Override
        public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
            return super.inGroup(group, page).thenApply(shown -> {
                List<Membership> items = new ArrayList<>(shown.items());
                if (page.after() != null && items.size() > 1) {
                    items.set(1, items.get(0));
                }
                return new Page<>(items, shown.next());
            });
        }
    }

    static final class Skips extends Members {

        @Override
        public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
            return super.ofUser(user, page)
                    .thenApply(shown -> shown.next() == null || shown.items().size() < 2
                            ? shown
                            : new Page<>(shown.items().subList(1, shown.items().size()), shown.next()));
        }
    }

    static final class IgnoresLimit extends Members {

        @Override
        public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
            return super.inGroup(group, PageRequest.first(PageRequest.MAX_LIMIT));
        }
    }

    static final class NeverEnds extends Members {

        @Override
        public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
            return super.inGroup(group, PageRequest.first(page.limit()));
        }
    }

    static final class NeverEndsWithEmptyPages extends Members {

        @Override
        public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
            return super.ofUser(user, page).thenApply(shown -> new Page<>(List.of(), "again"));
        }
    }

    static final class UnknownGroupFails extends Members {

        @Override
        public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
            return group.value().equals("unknown")
                    ? CompletableFuture.failedFuture(new ImException("no such group"))
                    : super.inGroup(group, page);
        }
    }

    static final class FindThrows extends Members {

        @Override
        public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
            throw new ImException("no database");
        }
    }
}
