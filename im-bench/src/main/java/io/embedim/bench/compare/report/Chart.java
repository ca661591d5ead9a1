package io.embedim.bench.compare.report;

import java.util.List;

/**
 * A chart, as the page's script gets it.
 *
 * @param id of its place in the page
 * @param type {@code bars} or {@code lines}
 * @param title above it
 * @param x the title of the axis of values, of lines the horizontal one
 * @param y of lines, the title of the vertical axis
 * @param logX whether the horizontal axis is logarithmic
 * @param logY whether the vertical one is
 * @param percentiles whether x is one divided by the share that took longer
 * @param bars of bars, those with the same name side by side
 * @param lines of lines
 */
record Chart(
        String id,
        String type,
        String title,
        String x,
        String y,
        boolean logX,
        boolean logY,
        boolean percentiles,
        List<Bar> bars,
        List<Line> lines) {

    /** One bar, with where it was at least and at most. */
    record Bar(String name, String group, String family, double value, double least, double most) {}

    /** One line. */
    record Line(String name, String family, List<List<Double>> points) {}

    static Chart bars(String id, String title, String unit, List<Bar> bars) {
        return new Chart(id, "bars", title, unit, "", false, false, false, bars, List.of());
    }

    static Chart lines(String id, String title, String x, String y, List<Line> lines) {
        return new Chart(id, "lines", title, x, y, true, true, false, List.of(), lines);
    }

    static Chart percentiles(String id, String title, List<Line> lines) {
        return new Chart(id, "lines", title, "percentile", "ms", true, true, true, List.of(), lines);
    }

    boolean empty() {
        return bars.isEmpty() && lines.isEmpty();
    }
}
