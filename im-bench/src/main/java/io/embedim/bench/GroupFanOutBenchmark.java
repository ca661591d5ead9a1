package io.embedim.bench;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import java.util.ArrayList;
import java.util.List;
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

/** A group message from the text received to the last member's write. Divide by the members for the cost of a recipient. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
public class GroupFanOutBenchmark {

    private static final int BURST = 16;

    /** How many connections are in the group; the sender is one of them. */
    @Param({"10", "100", "1000"})
    public int members;

    private final BenchRuntime runtime = new BenchRuntime();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final List<TakingConnection> connections = new ArrayList<>();
    private final List<Inbound> inbounds = new ArrayList<>();
    private final String frame = Frames.speakGroup();

    /** Creates the state. */
    public GroupFanOutBenchmark() {}

    /** Fills the group, and makes sure that a message reaches everybody. */
    @Setup
    public void join() {
        for (int i = 0; i < members; i++) {
            TakingConnection connection = new TakingConnection();
            Inbound inbound = server.open(connection, Handshake.at("/im").build());
            inbound.received(Frames.joinGroup(Integer.toString(10086 + i), "member"), true);
            connections.add(connection);
            inbounds.add(inbound);
        }
        oneMessage();
        for (TakingConnection connection : connections) {
            if (connection.frames() != 2) {
                throw new IllegalStateException("a member got " + connection.frames() + " frames; expected 2");
            }
        }
    }

    /**
     * One message, delivered before the next one comes: a write for each recipient.
     *
     * @return the frames that the sender has got
     */
    @Benchmark
    public long oneMessage() {
        inbounds.get(0).received(frame, true);
        runtime.runAll();
        return connections.get(0).frames();
    }

    /**
     * {@value #BURST} messages that come before the lanes have their turn: what has gathered for a recipient is written at once. Counted a message.
     *
     * @return the frames that the sender has got
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long underLoad() {
        for (int i = 0; i < BURST; i++) {
            inbounds.get(0).received(frame, true);
        }
        runtime.runAll();
        return connections.get(0).frames();
    }
}
