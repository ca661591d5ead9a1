package io.embedim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.internal.validation.FrameReader;
import io.embedim.internal.validation.HibernateBootstrap;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.Limits;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ValidationRules;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a frame costs is bounded by its length: no kind of frame costs more than {@value #FACTOR} times the processor time of a harmless one of the same size.
 *
 * <p>Measured is the thread's processor time, not the clock, and of several rounds the least counts: what else the machine does only ever adds to it. A round goes through all kinds, so
 * that a busy moment meets a kind once and not in all its rounds. Kinds that are still above the limit get more rounds, up to {@value #MOST_ROUNDS}.
 */
@Tag("slow")
class FrameCostTest {

    private static final int FACTOR = 8;
    private static final int ROUNDS = 5;
    private static final int MOST_ROUNDS = 25;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void noFrameOf64KibCostsMuchMoreThanAHarmlessOne() {
        compare(Limits.defaults(), Limits.defaults().frameBytes(), 20);
    }

    @Test
    void norWhereNothingButTheLengthIsLimited() {
        int size = 64 * 1024;
        compare(HostileFrames.unlimited(size), size, 20);
    }

    @Test
    void noFrameOf1MibCostsMuchMoreThanAHarmlessOne() {
        int size = 1024 * 1024;
        compare(Limits.defaults().withFrameBytes(size), size, 2);
    }

    @Test
    void norAMillionKeysOrLevels() {
        int size = 1024 * 1024;
        compare(HostileFrames.unlimited(size), size, 2);
    }

    private void compare(Limits limits, int size, int repetitions) {
        FrameReader reader = new FrameReader(
                new ClassicDecoder(limits),
                new RequestValidator(new HibernateBootstrap(), ValidationRules.defaults()),
                false);
        String benign = HostileFrames.benign(size);
        assertThat(reader.read(benign)).isInstanceOf(ClientFrame.SpeakPrivate.class);
        Map<String, String> hostile = HostileFrames.all(size);
        Map<String, Double> factors = new TreeMap<>();

        hostile.forEach((kind, frame) -> {
            assertThat(frame.getBytes(StandardCharsets.UTF_8)).as(kind).hasSizeBetween(size * 9 / 10, size + 4);
            cost(reader, frame, repetitions);
        });
        Map<String, Double> least = new TreeMap<>();
        double harmless = Double.MAX_VALUE;
        for (int round = 0;
                round < MOST_ROUNDS && (round < ROUNDS || !tooCostly(factors).isEmpty());
                round++) {
            harmless = Math.min(harmless, cost(reader, benign, repetitions * 2));
            Set<String> still = round < ROUNDS ? hostile.keySet() : tooCostly(factors);
            hostile.forEach((kind, frame) -> {
                if (still.contains(kind)) {
                    least.merge(kind, cost(reader, frame, repetitions), Math::min);
                }
            });
            for (Map.Entry<String, Double> cost : least.entrySet()) {
                factors.put(cost.getKey(), cost.getValue() / harmless);
            }
        }

        if (Boolean.getBoolean("embedim.cost.print")) {
            factors.forEach((kind, factor) -> System.out.printf("%8.2f  %s%n", factor, kind));
        }
        assertThat(factors)
                .hasSameSizeAs(hostile)
                .allSatisfy((kind, factor) -> assertThat(factor).as(kind).isLessThan(FACTOR));
    }

    private static Set<String> tooCostly(Map<String, Double> factors) {
        return factors.entrySet().stream()
                .filter(factor -> factor.getValue() >= FACTOR)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Nanoseconds of this thread a frame. */
    private double cost(FrameReader reader, String frame, int repetitions) {
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < repetitions; i++) {
            read(reader, frame);
        }
        return (threads.getCurrentThreadCpuTime() - before) / (double) repetitions;
    }

    private static void read(FrameReader reader, String frame) {
        try {
            reader.read(frame);
        } catch (ProtocolException refused) {
            assertThat(refused.text()).isNotNull();
        }
    }
}
