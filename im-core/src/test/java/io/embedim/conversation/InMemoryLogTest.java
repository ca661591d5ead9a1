package io.embedim.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the in-memory log keeps in all, over many conversations; what it does in one is in {@code LogBrokerContract}. */
class InMemoryLogTest {

    private final Clock clock = new Clock();

    @Test
    void allConversationsTogetherStayWithinTheirBytes() {
        long bytes = 100_000;
        InMemoryBroker broker = broker(new LogLimits(Retention.DEFAULT, bytes, Duration.ZERO, 0));

        for (int i = 0; i < 10_000; i++) {
            say(broker, "g" + i % 100, "x".repeat(i % 50));
        }

        long kept = IntStream.range(0, 100)
                .mapToLong(i -> read(broker, "g" + i).entries().stream()
                        .mapToLong(Message::weight)
                        .sum())
                .sum();
        assertThat(kept).isBetween(bytes / 3, bytes);
    }

    @Test
    void conversationThatIsIdleGivesWayToOneThatIsNot() {
        InMemoryBroker broker = broker(new LogLimits(Retention.DEFAULT, 100_000, Duration.ZERO, 0));
        for (int i = 0; i < 200; i++) {
            say(broker, "idle", "words");
        }

        for (int i = 0; i < 300; i++) {
            say(broker, "busy", "words");
        }

        assertThat(read(broker, "busy").entries()).hasSize(300);
        assertThat(read(broker, "idle").entries()).hasSizeLessThan(100);
        assertThat(read(broker, "idle").status()).isEqualTo(Slice.Status.TRIMMED);
        assertThat(say(broker, "idle", "again").position().seq()).isEqualTo(201);
    }

    @Test
    void idsThatFitNoMoreAreRefusedUntilOthersAreOldEnough() {
        InMemoryBroker broker = broker(new LogLimits(Retention.NONE, 0, Duration.ofMinutes(1), 2));
        append(broker, "g1", "id1");
        append(broker, "g2", "id2");

        assertThatThrownBy(() -> append(broker, "g3", "id3"))
                .hasMessageContaining("2 ids of the last PT1M are known, and no more can be; nothing was published");
        assertThat(append(broker, "g1", "id1").duplicate()).isTrue();
        clock.now = clock.now.plusSeconds(61);

        assertThat(append(broker, "g3", "id3").duplicate()).isFalse();
        assertThat(append(broker, "g1", "id1").duplicate())
                .as("an id older than the window")
                .isFalse();
    }

    @Test
    void nothingIsKeptUnlessItIsAskedFor() {
        InMemoryBroker broker = new InMemoryBroker(clock);
        say(broker, "g", "words");

        Slice slice = read(broker, "g");

        assertThat(slice.entries()).isEmpty();
        assertThat(slice.floor()).isEqualTo(2);
        assertThat(slice.status()).isEqualTo(Slice.Status.TRIMMED);
        assertThat(broker.dedupeWindow()).isZero();
    }

    @Test
    void longLogIsReadFromAnywhere() {
        InMemoryBroker broker =
                broker(new LogLimits(new Retention(100_000, Duration.ofDays(1), 1L << 30), 1L << 30, Duration.ZERO, 0));
        String epoch = "";
        for (int i = 0; i < 120_000; i++) {
            epoch = say(broker, "g", "w" + (i + 1)).position().epoch();
        }

        Slice page = join(broker.read(Reading.before(ConversationId.of(new GroupId("g")), epoch, 50_001, 3)));

        assertThat(page.floor()).isEqualTo(20_001);
        assertThat(page.entries())
                .extracting(message -> message.draft().content())
                .containsExactly("w49998", "w49999", "w50000");
    }

    private InMemoryBroker broker(LogLimits limits) {
        return new InMemoryBroker(clock, limits);
    }

    private static Draft words(String group, String content) {
        return new Draft(
                ConversationId.of(new GroupId(group)), null, new UserId("u"), "name", true, null, content, "{}");
    }

    private static Receipt say(InMemoryBroker broker, String group, String content) {
        return join(broker.publish(words(group, content)));
    }

    private static Receipt append(InMemoryBroker broker, String group, String id) {
        return (Receipt) join(broker.append(words(group, "words").once(new Once(id, "hash"))));
    }

    private static Slice read(InMemoryBroker broker, String group) {
        return join(broker.read(Reading.after(ConversationId.of(new GroupId(group)), Position.START, 10_000)));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** A clock that stands still until it is told. */
    private static final class Clock implements ImRuntime {

        private Instant now = Instant.EPOCH;

        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public Cancellable schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException("nothing is scheduled here");
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public RandomGenerator random() {
            return RandomGenerator.getDefault();
        }

        @Override
        public void close() {}
    }
}
