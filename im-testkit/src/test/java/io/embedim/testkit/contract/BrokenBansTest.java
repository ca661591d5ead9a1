package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Ban;
import io.embedim.security.Bans;
import io.embedim.security.InMemoryBans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each breaks one rule, and the contract says which. */
class BrokenBansTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row("loses the reason", LosesTheReason::new, "N1: what is found"),
                row("bans everybody", BansEverybody::new, "N1: a user without a ban"),
                row("keeps the longest", KeepsTheLongest::new, "N2: a shorter ban after a longer one"),
                row("only says that it removed", OnlySaysThatItRemoved::new, "N3: after the removal"),
                row("removes what is not there", RemovesWhatIsNotThere::new, "N3: remove of what is not there"),
                row("removes all", RemovesAll::new, "N3: another one's ban"),
                row("removes for good", RemovesForGood::new, "N3: banned again after a removal"),
                row("shows twice", ShowsTwice::new, "N4: bans in pages of"),
                row("page is too big", IgnoresTheLimit::new, "N4: size of a page"),
                row("never ends", NeverEnds::new, "N4: the listing does not end"),
                row("counts places", CountsPlaces::new, "N4: bans, one of them removed meanwhile"),
                row("forgets with the ended", ForgetsWithTheEnded::new, "N5: a ban in force beside one that has ended"),
                row("find throws", FindThrows::new, "the call threw java.lang.IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(Supplier<Bans> bans, String message) {
        BansContract contract = bans::get;

        Map<String, Throwable> failures = ContractRun.failures(() -> new BansContract() {
            @Override
            public Bans noBans() {
                return contract.noBans();
            }
        });

        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(AssertionError.class))
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining(message));
    }

    private static Arguments row(String name, Supplier<Bans> bans, String message) {
        return Arguments.of(Named.of(name, bans), message);
    }

    private static <T> CompletionStage<T> now(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** Correct, to be overridden. */
    private static class Correct implements Bans {

        final Bans correct = new InMemoryBans(Instant::now);

        @Override
        public CompletionStage<Optional<Ban>> find(UserId user) {
            return correct.find(user);
        }

        @Override
        public CompletionStage<Void> save(Ban ban) {
            return correct.save(ban);
        }

        @Override
        public CompletionStage<Boolean> remove(UserId user) {
            return correct.remove(user);
        }

        @Override
        public CompletionStage<Page<Ban>> all(PageRequest page) {
            return correct.all(page);
        }
    }

    private static final class LosesTheReason extends Correct {
        @Override
        public CompletionStage<Void> save(Ban ban) {
            return correct.save(new Ban(ban.user(), ban.until(), ""));
        }
    }

    private static final class BansEverybody extends Correct {
        @Override
        public CompletionStage<Optional<Ban>> find(UserId user) {
            return correct.find(user)
                    .thenApply(found -> Optional.of(found.orElseGet(() -> new Ban(user, BansContract.END, ""))));
        }
    }

    private static final class KeepsTheLongest extends Correct {
        @Override
        public CompletionStage<Void> save(Ban ban) {
            return find(ban.user())
                    .thenCompose(
                            before -> before.isPresent() && before.get().until().isAfter(ban.until())
                                    ? CompletableFuture.completedFuture(null)
                                    : correct.save(ban));
        }
    }

    private static final class OnlySaysThatItRemoved extends Correct {
        @Override
        public CompletionStage<Boolean> remove(UserId user) {
            return now(true);
        }
    }

    private static final class RemovesWhatIsNotThere extends Correct {
        @Override
        public CompletionStage<Boolean> remove(UserId user) {
            return correct.remove(user).thenApply(was -> true);
        }
    }

    private static final class RemovesAll extends Correct {
        @Override
        public CompletionStage<Boolean> remove(UserId user) {
            List<Ban> all = correct.all(PageRequest.first(PageRequest.MAX_LIMIT))
                    .toCompletableFuture()
                    .join()
                    .items();
            all.stream().map(Ban::user).filter(other -> !other.equals(user)).forEach(correct::remove);
            return correct.remove(user);
        }
    }

    private static final class RemovesForGood extends Correct {

        private final List<UserId> removed = new ArrayList<>();

        @Override
        public CompletionStage<Void> save(Ban ban) {
            return removed.contains(ban.user()) ? CompletableFuture.completedFuture(null) : correct.save(ban);
        }

        @Override
        public CompletionStage<Boolean> remove(UserId user) {
            removed.add(user);
            return correct.remove(user);
        }
    }

    private static final class ShowsTwice extends Correct {
        @Override
        public CompletionStage<Page<Ban>> all(PageRequest page) {
            return correct.all(page).thenApply(once -> {
                List<Ban> items = new ArrayList<>(once.items());
                if (items.size() > 1) {
                    items.set(0, items.get(1));
                }
                return new Page<>(items, once.next());
            });
        }
    }

    private static final class IgnoresTheLimit extends Correct {
        @Override
        public CompletionStage<Page<Ban>> all(PageRequest page) {
            return correct.all(new PageRequest(page.after(), PageRequest.MAX_LIMIT));
        }
    }

    private static final class NeverEnds extends Correct {
        @Override
        public CompletionStage<Page<Ban>> all(PageRequest page) {
            return correct.all(page).thenApply(once -> new Page<>(once.items(), "a"));
        }
    }

    private static final class CountsPlaces extends Correct {
        @Override
        public CompletionStage<Page<Ban>> all(PageRequest page) {
            int from = page.after() == null ? 0 : Integer.parseInt(page.after());
            return correct.all(PageRequest.first(PageRequest.MAX_LIMIT)).thenApply(everything -> {
                int to = Math.min(from + page.limit(), everything.items().size());
                String next = to < everything.items().size() ? String.valueOf(to) : null;
                return new Page<>(everything.items().subList(from, to), next);
            });
        }
    }

    private static final class ForgetsWithTheEnded extends Correct {
        @Override
        public CompletionStage<Void> save(Ban ban) {
            return ban.isInForce(Instant.now())
                    ? correct.save(ban)
                    : correct.remove(new UserId("u1")).thenApply(gone -> null);
        }
    }

    private static final class FindThrows extends Correct {
        @Override
        public CompletionStage<Optional<Ban>> find(UserId user) {
            throw new IllegalStateException("thrown by the test");
        }
    }
}
