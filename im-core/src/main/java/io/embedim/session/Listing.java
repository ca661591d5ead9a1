package io.embedim.session;

import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of a listing, read page by page while it is gone through, so that a million items need the memory of one page.
 *
 * <p><b>Threads.</b> Immutable; each run through it is one of its own. What is called with items is called by one thread at a time: the caller's as long as the backend answers
 * at once, else the backend's. It must not block. <b>Ordering.</b> The backend's. <b>Failure.</b> The first failure, of the backend or of what is called, ends the run and fails its
 * stage. What comes and goes meanwhile may be shown or not ({@link Page}).
 *
 * @param <T> what is listed
 */
public final class Listing<T> {

    private static final PageRequest FIRST = PageRequest.first(PageRequest.MAX_LIMIT);

    private final Supplier<Function<PageRequest, CompletionStage<Page<T>>>> runs;

    private Listing(Supplier<Function<PageRequest, CompletionStage<Page<T>>>> runs) {
        this.runs = runs;
    }

    /**
     * A listing of anything that comes in pages.
     *
     * @param pages asks for a page, such as {@code store::all}
     * @param <T> what is listed
     * @return the listing
     */
    public static <T> Listing<T> of(Function<PageRequest, CompletionStage<Page<T>>> pages) {
        return new Listing<>(() -> pages);
    }

    /**
     * Goes through all items.
     *
     * @param each called with each item
     * @return how many there were, when there are no more
     */
    public CompletionStage<Long> forEach(Consumer<? super T> each) {
        AtomicLong count = new AtomicLong();
        return forEachPage(items -> {
                    items.forEach(each);
                    count.addAndGet(items.size());
                    return CompletableFuture.completedFuture(null);
                })
                .thenApply(end -> count.get());
    }

    /**
     * Goes through all items, a page at a time, and waits with the next page for what is done with this one.
     *
     * @param each called with up to {@value PageRequest#MAX_LIMIT} items
     * @return completes when there are no more
     */
    public CompletionStage<Void> forEachPage(Function<? super List<T>, ? extends CompletionStage<?>> each) {
        Run<T> run = new Run<>(runs.get(), each);
        run.on();
        return run.end;
    }

    /**
     * All items, where they are known to be few.
     *
     * @param max how many there may be
     * @return the items; fails with {@link ImException} where there are more
     */
    public CompletionStage<List<T>> toList(int max) {
        List<T> all = new ArrayList<>();
        return forEach(item -> {
                    if (all.size() == max) {
                        throw new ImException("listing has more than " + max + " items; go through it with forEach");
                    }
                    all.add(item);
                })
                .thenApply(count -> List.copyOf(all));
    }

    /**
     * A listing of something made from each item.
     *
     * @param mapper makes an item of the new listing
     * @param <R> what the new listing lists
     * @return the listing
     */
    public <R> Listing<R> map(Function<? super T, ? extends R> mapper) {
        return new Listing<>(() -> {
            Function<PageRequest, CompletionStage<Page<T>>> pages = runs.get();
            return request -> pages.apply(request).thenApply(page -> page.map(mapper));
        });
    }

    /** Any number of items for each. */
    <R> Listing<R> mapMulti(BiConsumer<? super T, ? super Consumer<R>> mapper) {
        return new Listing<>(() -> {
            Function<PageRequest, CompletionStage<Page<T>>> pages = runs.get();
            return request -> pages.apply(request)
                    .thenApply(page ->
                            new Page<>(page.items().stream().<R>mapMulti(mapper).toList(), page.next()));
        });
    }

    /**
     * The same without repetitions. A run through it remembers what it has shown, so it needs memory for all that differ.
     *
     * @return the listing
     */
    public Listing<T> distinct() {
        return new Listing<>(() -> {
            Function<PageRequest, CompletionStage<Page<T>>> pages = runs.get();
            Set<T> shown = new HashSet<>();
            return request -> pages.apply(request)
                    .thenApply(page ->
                            new Page<>(page.items().stream().filter(shown::add).toList(), page.next()));
        });
    }

    /** Once through; iterates where pages are there at once, so that a long listing costs no stack. */
    private static final class Run<T> {

        private final Function<PageRequest, CompletionStage<Page<T>>> pages;
        private final Function<? super List<T>, ? extends CompletionStage<?>> each;
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private @Nullable PageRequest next = FIRST;

        Run(
                Function<PageRequest, CompletionStage<Page<T>>> pages,
                Function<? super List<T>, ? extends CompletionStage<?>> each) {
            this.pages = pages;
            this.each = each;
        }

        void on() {
            PageRequest request = next;
            while (request != null && !end.isDone()) {
                CompletableFuture<?> step = step(request);
                if (!step.isDone()) {
                    CompletionStage<?> ignored = step.whenComplete((done, failure) -> {
                        stepped(failure);
                        on();
                    });
                    return;
                }
                CompletionStage<?> ignored = step.whenComplete((done, failure) -> stepped(failure));
                request = next;
            }
            end.complete(null);
        }

        private CompletableFuture<?> step(PageRequest request) {
            try {
                return pages.apply(request)
                        .thenCompose(page -> {
                            String cursor = page.next();
                            next = cursor == null ? null : FIRST.after(cursor);
                            return each.apply(page.items()).thenApply(done -> null);
                        })
                        .toCompletableFuture();
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void stepped(@Nullable Throwable failure) {
            if (failure != null) {
                end.completeExceptionally(failure);
            }
        }
    }
}
