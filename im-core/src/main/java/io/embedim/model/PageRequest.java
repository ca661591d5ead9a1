package io.embedim.model;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a listing is asked for.
 *
 * @param after the {@link Page#next()} of the page before, or null for the first page
 * @param limit how many items at the most, 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(@Nullable String after, int limit) {

    /** How many items a page may have at the most. */
    public static final int MAX_LIMIT = 1_000;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if the limit is not between 1 and {@value #MAX_LIMIT}
     */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("page limit is " + limit + "; expected 1 to " + MAX_LIMIT);
        }
    }

    /**
     * The first page.
     *
     * @param limit how many items at the most
     * @return the request
     */
    public static PageRequest first(int limit) {
        return new PageRequest(null, limit);
    }

    /**
     * The page behind one with a {@link Page#next() cursor}.
     *
     * @param cursor the cursor
     * @return a request with the same limit
     */
    public PageRequest after(String cursor) {
        return new PageRequest(cursor, limit);
    }
}
