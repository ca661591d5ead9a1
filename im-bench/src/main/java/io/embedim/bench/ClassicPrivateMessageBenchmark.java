package io.embedim.bench;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A classic private message on its whole way through the core, against what Jackson alone costs for the same text.
 *
 * <p>{@link #embedim()} is everything between two sockets: strict decoding, Jakarta Validation, policy, append, routing, encoding of the envelope, outbox, lane, write. {@link #bareJackson()}
 * reads the same text into a tree and writes the tree, and does nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
public class ClassicPrivateMessageBenchmark {

    /** Which letters the message has. */
    @Param({Frames.CHINESE, Frames.LATIN})
    public String text = Frames.CHINESE;

    private final ObjectMapper mapper = JsonMapper.builder().build();
    private final BenchRuntime runtime = new BenchRuntime();
    private final TakingConnection recipient = new TakingConnection();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final Inbound sender = open(new TakingConnection());
    private String frame = "";

    /** Creates the state. */
    public ClassicPrivateMessageBenchmark() {}

    /** Binds both users, and makes sure that a message arrives. */
    @Setup
    public void connect() {
        frame = Frames.speak(text);
        sender.received(Frames.join("10086", "Aksu"), true);
        open(recipient).received(Frames.join("10000", "Lamu"), true);
        runtime.runAll();
        embedim();
        if (recipient.frames() != 2) {
            throw new IllegalStateException("the recipient got " + recipient.frames() + " frames; expected 2");
        }
    }

    /**
     * From the text received to the text written.
     *
     * @return what the recipient got
     */
    @Benchmark
    public @Nullable OutboundFrame embedim() {
        sender.received(frame, true);
        runtime.runAll();
        return recipient.last();
    }

    /**
     * From text to tree to text.
     *
     * @return the same text
     */
    @Benchmark
    public String bareJackson() {
        return mapper.writeValueAsString(mapper.readTree(frame));
    }

    private Inbound open(TakingConnection connection) {
        return server.open(connection, Handshake.at("/im").build());
    }
}
