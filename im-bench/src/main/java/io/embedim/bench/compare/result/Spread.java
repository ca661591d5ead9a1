package io.embedim.bench.compare.result;

import java.util.Arrays;

/**
 * What a figure was in several runs.
 *
 * @param median the one in the middle, or between the two in the middle
 * @param least the smallest
 * @param most the largest
 * @param runs how many there were
 */
public record Spread(double median, double least, double most, int runs) {

    /**
     * The spread of some figures.
     *
     * @param figures at least one, in any order
     */
    public static Spread of(double... figures) {
        if (figures.length == 0) throw new IllegalArgumentException("a spread needs at least one figure; got none");
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
