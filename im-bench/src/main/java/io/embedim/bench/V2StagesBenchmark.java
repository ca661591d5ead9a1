package io.embedim.bench;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Position;
import io.embedim.internal.v2.ClassicForm;
import io.embedim.internal.v2.Frames;
import io.embedim.internal.v2.Item;
import io.embedim.internal.v2.Request;
import io.embedim.internal.v2.RequestReader;
import io.embedim.internal.validation.HibernateBootstrap;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.protocol.ValidationRules;
import java.time.Instant;
import java.util.List;
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

/** A text message in {@code im.v2}: read with all its rules and its hash, and written for both dialects. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
public class V2StagesBenchmark {

    private static final UserId SENDER = new UserId("10086");
    private static final UserId RECIPIENT = new UserId("10000");

    /** Which letters the message has. */
    @Param({"chinese", "latin"})
    public String text = "chinese";

    private final RequestReader reader = new RequestReader(
            Limits.defaults(), new RequestValidator(new HibernateBootstrap(), ValidationRules.defaults()));
    private String frame = "";
    private @Nullable Message message;

    /** Creates the state. */
    public V2StagesBenchmark() {}

    /** Prepares each stage's input. */
    @Setup
    public void prepare() {
        boolean chinese = text.equals("chinese");
        frame =
                "{\"event\":\"speak\",\"to_user_id\":\"10000\",\"id\":\"V1StGXR8_Z5jdHi6B-myT\",\"type\":\"text\",\"content\":\""
                        + (chinese ? "Hi, 我是阿克苏" : "Hi, this is Aksu") + "\"}";
        Request.Speak speak = (Request.Speak) read().get(0);
        Draft draft = new Draft(
                        ConversationId.between(SENDER, RECIPIENT),
                        null,
                        SENDER,
                        chinese ? "阿克苏" : "Aksu",
                        true,
                        RECIPIENT,
                        speak.words().content(),
                        speak.words().fields())
                .once(new Once(speak.id(), speak.hash()));
        message = new Message(
                draft, new Position("5f0c2b7a9d1e4c38", 41, "9a8b7c6d5e4f-1z"), "9a8b7c6d5e4f-1y", Instant.EPOCH);
    }

    /**
     * Strict decoding, all rules, the canonical fields and the hash.
     *
     * @return the request
     */
    @Benchmark
    public List<Item> read() {
        return reader.read(frame);
    }

    /**
     * The live entry.
     *
     * @return what all recipients get
     */
    @Benchmark
    public OutboundFrame entry() {
        return Frames.entry(there());
    }

    /**
     * What the encoder of classic frames is given.
     *
     * @return the classic form
     */
    @Benchmark
    public @Nullable ClassicForm classicForm() {
        return ClassicForm.of(there());
    }

    private Message there() {
        if (message == null) {
            throw new IllegalStateException("not prepared");
        }
        return message;
    }
}
