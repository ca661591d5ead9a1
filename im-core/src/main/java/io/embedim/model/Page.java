package io.embedim.model;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, and how to ask for the one behind it.
 *
 * <p>Listings are not snapshots: while pages are read, what is added or removed may be shown or not; what is there all the time is shown exactly once.
 *
 * @param items the items of this page, in the listing's order; immutable
 * @param next the cursor for the page behind this one, opaque to callers, or null where this is the last one
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * An empty last page.
     *
     * @param <T> what is listed
     * @return a page without items
     */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), null);
    }

    /**
     * The same page of something made from each item.
     *
     * @param mapper makes an item of the new page
     * @param <R> what the new page lists
     * @return a page of the same size, with the same cursor
     */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), next);
    }
}
