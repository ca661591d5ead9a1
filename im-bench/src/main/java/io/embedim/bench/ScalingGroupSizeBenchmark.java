package io.embedim.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a delivery costs in groups of different sizes: the score is the time of one delivery. Above a size where the message itself is a small part, it is to be flat. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScalingGroupSizeBenchmark {

    private static final int DELIVERIES = 10_000;

    /** How many connections are in the group. */
    @Param({"10", "100", "1000", "10000"})
    public int members;

    private Crowd crowd = new Crowd(1, 1);

    /** Creates the state. */
    public ScalingGroupSizeBenchmark() {}

    /** Fills the group. */
    @Setup
    public void join() {
        crowd = new Crowd(1, members);
    }

    /**
     * As many messages as make {@value #DELIVERIES} deliveries.
     *
     * @return the frames that have been written
     */
    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public long delivery() {
        long frames = 0;
        for (int delivered = 0; delivered < DELIVERIES; delivered += members) {
            frames = crowd.speakToFirst();
        }
        return frames;
    }
}
