package io.embedim.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static final int MILLION = 1_000_000;

    @Test
    void goesThroughAMillionItemsInPagesOfOneWithoutDeepStacks() {
        AtomicLong sum = new AtomicLong();

        CompletableFuture<Long> count =
                numbers(MILLION, 1, false).forEach(sum::addAndGet).toCompletableFuture();

        assertThat(count).isCompletedWithValue((long) MILLION);
        assertThat(sum).hasValue((long) MILLION * (MILLION - 1) / 2);
    }

    @Test
    void goesThroughPagesThatComeLater() {
        AtomicLong sum = new AtomicLong();

        CompletableFuture<Long> count =
                numbers(20_000, 10, true).forEach(sum::addAndGet).toCompletableFuture();

        assertThat(count).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(20_000L);
        assertThat(sum).hasValue(20_000L * 19_999 / 2);
    }

    @Test
    void waitsWithTheNextPageForWhatIsDoneWithThisOne() {
        List<CompletableFuture<Void>> steps = new ArrayList<>();

        CompletableFuture<Void> end = numbers(3, 1, false)
                .forEachPage(page -> {
                    CompletableFuture<Void> step = new CompletableFuture<>();
                    steps.add(step);
                    return step;
                })
                .toCompletableFuture();

        for (int i = 1; i <= 3; i++) {
            assertThat(steps).hasSize(i);
            assertThat(end).isNotDone();
            steps.get(i - 1).complete(null);
        }
        assertThat(end).isCompleted();
    }

    @Test
    void firstFailureEndsTheRun() {
        AtomicInteger seen = new AtomicInteger();
        CompletableFuture<Long> thrown = numbers(100, 1, false)
                .forEach(number -> {
                    if (seen.incrementAndGet() == 3) {
                        throw new ImException("three");
                    }
                })
                .toCompletableFuture();

        assertThat(thrown)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("three");
        assertThat(seen).hasValue(3);
    }

    @Test
    void fewItemsBecomeAListAndManyAFailure() {
        assertThat(numbers(10, 3, false).toList(10).toCompletableFuture())
                .isCompletedWithValue(IntStream.range(0, 10).boxed().toList());
        assertThat(numbers(11, 3, false).toList(10).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("more than 10 items");
    }

    @Test
    void distinctShowsEachOnceInEveryRun() {
        Listing<Integer> listing =
                numbers(100, 7, false).map(number -> number % 10).distinct();

        for (int run = 0; run < 2; run++) {
            assertThat(listing.toList(100).toCompletableFuture())
                    .isCompletedWithValue(IntStream.range(0, 10).boxed().toList());
        }
    }

    private static Listing<Integer> numbers(int count, int size, boolean later) {
        return Listing.of(request -> page(request, count, size, later));
    }

    private static CompletionStage<Page<Integer>> page(PageRequest request, int count, int size, boolean later) {
        int from = request.after() == null ? 0 : Integer.parseInt(request.after());
        int to = Math.min(count, from + size);
        Page<Integer> page =
                new Page<>(IntStream.range(from, to).boxed().toList(), to == count ? null : Integer.toString(to));
        return later ? CompletableFuture.supplyAsync(() -> page) : CompletableFuture.completedFuture(page);
    }
}
