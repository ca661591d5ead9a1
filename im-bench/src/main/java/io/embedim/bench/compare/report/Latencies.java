package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A whole distribution as a line: how long all but one in ten, in a hundred and so on took at most. */
final class Latencies {

    /** A line needs no more points than can be seen. */
    private static final double STEP = 1.12;

    private Latencies() {}

    /** Points of one divided by the share that took longer, and milliseconds; of all rounds together. */
    static List<List<Double>> points(List<Run> runs) {
        Map<Double, Double> counts = new TreeMap<>();
        for (Run run : runs) {
            for (List<Double> pair : run.histogram()) counts.merge(pair.get(0), pair.get(1), Double::sum);
        }
        double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
        List<List<Double>> points = new ArrayList<>();
        double seen = 0;
        double next = 1;
        for (Map.Entry<Double, Double> each : counts.entrySet()) {
            seen += each.getValue();
            // The largest one has nothing behind it; it stands where half of one would be.
            double x = all / Math.max(0.5, all - seen);
            if (x < next) continue;
            points.add(List.of(x, each.getKey() / 1000));
            next = x * STEP;
        }
        return points;
    }
}
