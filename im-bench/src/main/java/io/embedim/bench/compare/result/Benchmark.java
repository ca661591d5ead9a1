package io.embedim.bench.compare.result;

import java.util.Map;

/**
 * What JMH measured of one method with one set of parameters.
 *
 * @param name class and method
 * @param parameters by name
 * @param score the time an operation, in nanoseconds
 * @param error half of its 99.9 % confidence interval
 * @param cpu processor nanoseconds an operation; NaN without the profiler
 * @param bytes allocated an operation; NaN without the profiler
 */
public record Benchmark(
        String name, Map<String, String> parameters, double score, double error, double cpu, double bytes) {

    /** Copies the parameters. */
    public Benchmark {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Whether this is the one.
     *
     * @param method class and method
     * @param parameter a value that one of its parameters has
     */
    public boolean is(String method, String parameter) {
        return name.equals(method) && parameters.containsValue(parameter);
    }
}
