package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Family;
import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.result.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What we claim of ourselves, held against results. */
final class Claims {

    /** Libraries that are chosen instead of ours: for Jakarta EE and the JVM. */
    private static final double NO_LESS = 1;

    private Claims() {}

    /** All claims, the worst first. */
    static List<Claim> of(Results results) {
        return List.of(load(results), paced(results), roundTrip(results), CoreClaim.of(results), idle(results)).stream()
                .sorted(Comparator.comparing(Claim::status))
                .toList();
    }

    /** Deliveries under load, and what one message at a time costs. */
    static Claim load(Results results) {
        Demand first = new Demand(true, NO_LESS, 1, "/s");
        List<Check> checks = new ArrayList<>();
        for (int size : Scenarios.SIZES) {
            Field field = new Field(results, Scenarios.group(size, 64), "per_second");
            String what = "Group of " + size + ", 64 outstanding: ";
            checks.add(first.check(what + "first", "no JVM library delivers more", field, Claims::jvm));
            checks.add(new Demand(true, 4, 1, "/s")
                    .check(what + "4 ×", "at least 4 × the best JVM library", field, Claims::jvm));
            checks.add(new Demand(true, 0.2, 1, "/s")
                    .check(what + "the limit", "at least 0.2 of the raw limit", field, family -> family == Family.RAW));
            checks.add(first.check(what + "by hand", "no endpoint by hand delivers more", field, Claims::floor));
        }
        Field talk = new Field(results, "talk", "per_second");
        checks.add(first.check("Many groups of ten: first", "no JVM library delivers more", talk, Claims::jvm));
        Demand cheap = new Demand(false, 1.05, 1, "µs");
        for (int size : Scenarios.SIZES) {
            Field field = new Field(results, Scenarios.group(size, 1), "cpu_us_per_delivery");
            String what = "Group of " + size + ", one at a time: CPU";
            checks.add(cheap.check(what, "no JVM library needs 5 % less", field, Claims::jvm));
            checks.add(cheap.check(what + ", by hand", "no endpoint by hand needs 5 % less", field, Claims::floor));
        }
        return new Claim(1, "Deliveries: first under load, and no dearer one at a time", checks);
    }

    /** Latency at half of the best JVM library's rate. */
    static Claim paced(Results results) {
        Demand demand = new Demand(false, NO_LESS, 1e-3, "ms");
        List<Check> checks = Scenarios.ALL.stream()
                .filter(scenario -> scenario.kind().paced())
                .map(scenario -> demand.check(
                        scenario.title() + ": p99",
                        "not above that of any library",
                        new Field(results, scenario.name(), "p99_us"),
                        Family::competes))
                .toList();
        return new Claim(2, "Latency: p99 at half of the best JVM library's rate", checks);
    }

    /** A private message there and back. */
    static Claim roundTrip(Results results) {
        Demand demand = new Demand(false, NO_LESS, 1, "µs");
        List<Check> checks = List.of("p50", "p99").stream()
                .map(each -> demand.check(
                        "Private round trip: " + each,
                        "not above the best JVM library",
                        new Field(results, "private", each + "_us"),
                        Claims::jvm))
                .toList();
        return new Claim(3, "Private messages: there and back", checks);
    }

    /** What a connection costs that does nothing. */
    static Claim idle(Results results) {
        Demand demand = new Demand(false, NO_LESS, 1, "bytes");
        List<Check> checks = List.of(
                demand.check(
                        "Live heap of an idle connection",
                        "below every JVM library",
                        new Field(results, "idle", "live_bytes_each"),
                        Claims::jvm),
                demand.check(
                        "Memory of the process for an idle connection",
                        "below every JVM library",
                        new Field(results, "idle", "rss_bytes_each"),
                        Claims::jvm));
        return new Claim(5, "Memory: an idle connection", checks);
    }

    private static boolean jvm(Family family) {
        return family == Family.JVM;
    }

    private static boolean floor(Family family) {
        return family == Family.FLOOR;
    }
}
