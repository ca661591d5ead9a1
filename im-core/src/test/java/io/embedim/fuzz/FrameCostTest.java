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
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a frame costs is bounded by its length: no kind of frame costs more than {@value #FACTOR} times the processor time of a harmless one of the same size.
 *
 * <p>Measured is the thread's processor time, not the clock; each figure is the least of several, so what else the machine does adds nothing.
 */
@Tag("slow")
class FrameCostTest {

    private static final int FACTOR = 8;
    private static final int ROUNDS = 5;

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

        hostile.values().forEach(frame -> cost(reader, frame, repetitions / 2));
        double harmless = cost(reader, benign, repetitions * 2);
        hostile.forEach((kind, frame) -> {
            assertThat(frame.getBytes(StandardCharsets.UTF_8)).as(kind).hasSizeBetween(size * 9 / 10, size + 4);
            factors.put(kind, cost(reader, frame, repetitions) / harmless);
        });

        if (Boolean.getBoolean("embedim.cost.print")) {
            factors.forEach((kind, factor) -> System.out.printf("%8.2f  %s%n", factor, kind));
        }
        assertThat(factors)
                .allSatisfy((kind, factor) -> assertThat(factor).as(kind).isLessThan(FACTOR));
    }

    /** Nanoseconds of this thread a frame, the least of several rounds. */
    private double cost(FrameReader reader, String frame, int repetitions) {
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < repetitions; i++) {
                read(reader, frame);
            }
            rounds[round] = (threads.getCurrentThreadCpuTime() - before) / (double) repetitions;
        }
        return Arrays.stream(rounds).min().orElseThrow();
    }

    private static void read(FrameReader reader, String frame) {
        try {
            reader.read(frame);
        } catch (ProtocolException refused) {
            assertThat(refused.text()).isNotNull();
        }
    }
}
