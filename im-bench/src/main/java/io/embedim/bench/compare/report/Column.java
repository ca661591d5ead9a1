package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure as a column of a table.
 *
 * @param title above it, with its unit
 * @param figure its name in the results
 * @param unit what it is multiplied by
 */
record Column(String title, String figure, double unit) {

    private static final double MIB = 1 / 1048576.0;
    private static final double MIB_OF_KIB = 1 / 1024.0;
    private static final double MS = 1e-3;

    private static final Column RSS = new Column("RSS, MiB", "server_rss_kib", MIB_OF_KIB);
    private static final Column HEAP = new Column("live heap, MiB", "live_bytes", MIB);
    private static final Column THREADS = new Column("threads", "server_threads", 1);

    /** The columns of a scenario; the first one is what it is about, and drawn. */
    static List<Column> of(Kind kind) {
        List<Column> all = new ArrayList<>();
        switch (kind) {
            case MIXED -> {
                all.add(new Column("deliveries/s", "per_second", 1));
                all.add(new Column("CPU µs each", "cpu_us_per_delivery", 1));
                all.add(new Column("private p50, ms", "private_p50_us", MS));
                all.add(new Column("private p99, ms", "private_p99_us", MS));
                all.add(new Column("group p50, ms", "group_p50_us", MS));
                all.add(new Column("group p99, ms", "group_p99_us", MS));
            }
            case GROUP, TALK, CORES -> {
                all.add(new Column("deliveries/s", "per_second", 1));
                all.add(new Column("CPU µs each", "cpu_us_per_delivery", 1));
                latencies(all);
            }
            case ROUND_TRIP -> {
                all.add(new Column("p50, µs", "p50_us", 1));
                all.add(new Column("p99, µs", "p99_us", 1));
                all.add(new Column("p99.9, µs", "p999_us", 1));
                all.add(new Column("round trips/s", "per_second", 1));
                all.add(new Column("CPU µs each", "cpu_us_per_delivery", 1));
            }
            case PACED_GROUP, PACED_TALK -> {
                latencies(all);
                all.add(new Column("messages/s", "rate", 1));
                all.add(new Column("deliveries/s", "per_second", 1));
                all.add(new Column("CPU µs each", "cpu_us_per_delivery", 1));
            }
            case STALLED -> {
                latencies(all);
                all.add(new Column("longest, ms", "max_us", MS));
                all.add(new Column("stalled closed", "stalled_closed", 1));
                all.add(new Column("live heap before, MiB", "before_live_bytes", MIB));
                all.add(HEAP);
            }
            case STORM -> {
                all.add(new Column("connections/s", "per_second", 1));
                all.add(new Column("CPU µs each", "cpu_us_per_connection", 1));
                latencies(all);
            }
            case CHURN -> {
                all.add(new Column("leaves and joins/s", "per_second", 1));
                all.add(new Column("CPU µs each", "cpu_us_per_operation", 1));
                latencies(all);
            }
            case IDLE -> {
                all.add(new Column("live heap each, bytes", "live_bytes_each", 1));
                all.add(new Column("RSS each, bytes", "rss_bytes_each", 1));
                all.add(HEAP);
            }
            case REST -> all.add(HEAP);
            case CORE -> {}
        }
        all.add(RSS);
        all.add(THREADS);
        return all;
    }

    private static void latencies(List<Column> all) {
        all.add(new Column("p50, ms", "p50_us", MS));
        all.add(new Column("p99, ms", "p99_us", MS));
        all.add(new Column("p99.9, ms", "p999_us", MS));
    }
}
