package io.embedim.bench;

import io.embedim.connection.OutboundFrame;
import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.internal.validation.HibernateBootstrap;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.Limits;
import io.embedim.protocol.ClassicRequest;
import io.embedim.protocol.ServerFrame;
import io.embedim.protocol.ValidationRules;
import java.util.concurrent.TimeUnit;
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

/** The same private message, a stage at a time; what the whole costs beyond their sum is routing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
public class ClassicStagesBenchmark {

    /** Which letters the message has. */
    @Param({Frames.CHINESE, Frames.LATIN})
    public String text = Frames.CHINESE;

    private final ClassicDecoder decoder = new ClassicDecoder(Limits.defaults());
    private final RequestValidator validator =
            new RequestValidator(new HibernateBootstrap(), ValidationRules.defaults());
    private String frame = "";
    private ClassicRequest request = decoder.decode("{}");
    private ServerFrame message = new ServerFrame.Reply(0, "", null);

    /** Creates the state. */
    public ClassicStagesBenchmark() {}

    /** Prepares each stage's input. */
    @Setup
    public void prepare() {
        frame = Frames.speak(text);
        request = decoder.decode(frame);
        message = new ServerFrame.PrivateMessage(
                String.valueOf(request.fromUsername()), "10000", String.valueOf(request.content()), request.json());
    }

    /**
     * Strict decoding.
     *
     * @return the fields
     */
    @Benchmark
    public ClassicRequest decode() {
        return decoder.decode(frame);
    }

    /**
     * All rules by Jakarta Validation.
     *
     * @return what was checked
     */
    @Benchmark
    public ClassicRequest validate() {
        validator.check(request);
        return request;
    }

    /**
     * The envelope, and its length on the wire.
     *
     * @return the frame
     */
    @Benchmark
    public OutboundFrame encode() {
        return ClassicEncoder.encode(message);
    }
}
