package io.embedim.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** Shows that the benchmark module builds and runs. */
public class PlaceholderBench {

    /** Creates the state. */
    public PlaceholderBench() {}

    /**
     * The cost of nothing.
     *
     * @return a constant
     */
    @Benchmark
    public int nothing() {
        return 0;
    }
}
