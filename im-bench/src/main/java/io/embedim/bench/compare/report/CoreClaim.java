package io.embedim.bench.compare.report;

import io.embedim.bench.compare.result.Benchmark;
import io.embedim.bench.compare.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the core costs by itself, as JMH measures it. */
final class CoreClaim {

    static final String PRIVATE = "ClassicPrivateMessageBenchmark.embedim";
    static final String BARE = "ClassicPrivateMessageBenchmark.bareJackson";
    static final String FAN_OUT = "GroupFanOutBenchmark.oneMessage";

    /** Who writes the benchmarks calls the texts so. */
    private static final List<String> TEXTS = List.of("chinese", "latin");

    private static final double MOST_OF_JACKSON = 1.5;
    private static final double NANOS = 100;

    /** What JMH attributes to an operation that allocates nothing can be a fraction. */
    private static final double NO_BYTES = 1;

    private CoreClaim() {}

    static Claim of(Results results) {
        List<Check> checks = new ArrayList<>();
        for (String text : TEXTS) {
            checks.add(privateMessage(results, text));
        }
        checks.add(time(results));
        checks.add(allocation(results));
        return new Claim(4, "The core: a private message, and a recipient of a group's message", checks);
    }

    private static Check privateMessage(Results results, String text) {
        String what = "Private message, " + text + " text";
        String demanded = "at most " + MOST_OF_JACKSON + " × bare Jackson";
        Optional<Benchmark> ours = results.core(PRIVATE, text);
        Optional<Benchmark> bare = results.core(BARE, text);
        if (ours.isEmpty() || bare.isEmpty()) return open(what, demanded);
        double ratio = ours.get().score() / bare.get().score();
        return new Check(
                what,
                demanded,
                nanos(ours.get().score()) + " = " + Format.number(ratio) + "×",
                nanos(bare.get().score()),
                ratio <= MOST_OF_JACKSON ? Status.MET : Status.NOT_MET);
    }

    private static Check time(Results results) {
        String what = "A recipient in a group of 1,000: time";
        String demanded = "less than " + Format.number(NANOS) + " ns";
        Optional<Benchmark> large = results.core(FAN_OUT, "1000");
        if (large.isEmpty()) return open(what, demanded);
        double each = large.get().score() / 1000;
        return new Check(what, demanded, Format.number(each) + " ns", "", each < NANOS ? Status.MET : Status.NOT_MET);
    }

    /** What the nine hundred further recipients of the larger group allocate. */
    private static Check allocation(Results results) {
        String what = "A further recipient: memory allocated";
        String demanded = "nothing";
        Optional<Benchmark> small = results.core(FAN_OUT, "100");
        Optional<Benchmark> large = results.core(FAN_OUT, "1000");
        if (small.isEmpty() || large.isEmpty()) return open(what, demanded);
        double each = (large.get().bytes() - small.get().bytes()) / 900;
        if (Double.isNaN(each)) return open(what, demanded);
        return new Check(
                what, demanded, Format.number(each) + " bytes", "", each < NO_BYTES ? Status.MET : Status.NOT_MET);
    }

    private static Check open(String what, String demanded) {
        return new Check(what, demanded, "no figure", "", Status.NOT_MEASURED);
    }

    private static String nanos(double nanos) {
        return Format.number(nanos) + " ns";
    }
}
