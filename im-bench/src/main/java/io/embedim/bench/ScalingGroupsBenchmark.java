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

/** What a delivery costs where there are many groups of 10: the score is the time of one delivery, and is to be flat. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class ScalingGroupsBenchmark {

    private static final int MEMBERS = 10;

    /** How many groups there are. */
    @Param({"1", "1000", "100000"})
    public int groups;

    private Crowd crowd = new Crowd(1, 1);

    /** Creates the state. */
    public ScalingGroupsBenchmark() {}

    /** Fills them all. */
    @Setup
    public void join() {
        crowd = new Crowd(groups, MEMBERS);
    }

    /**
     * A message to the same group each time: what the server does for others costs it nothing.
     *
     * @return the frames that have been written
     */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public long sameGroup() {
        return crowd.speakToFirst();
    }

    /**
     * A message to one group after another: no more is done, but the processor has nothing of it at hand.
     *
     * @return the frames that have been written
     */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public long inTurn() {
        return crowd.speakInTurn();
    }
}
