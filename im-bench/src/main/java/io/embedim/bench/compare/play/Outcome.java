package io.embedim.bench.compare.play;

import java.util.List;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param figures by name
 * @param histogram pairs of microseconds and how many took as long
 */
record Outcome(Map<String, Double> figures, List<List<Double>> histogram) {}
