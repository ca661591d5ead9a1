package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.connection.WriteCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int LIMIT = 1000;

    private final TaskQueue tasks = new TaskQueue();
    private final FakeConnection connection = new FakeConnection();
    private final RecordingOwner owner = new RecordingOwner();
    private long now;
    private final Lane lane = new Lane(tasks, () -> now);
    private final Outbox outbox = new Outbox(connection, lane, RecordingOwner.closing(LIMIT), owner);

    @Test
    void offerOnlyPutsIn() {
        SendResult result = outbox.offer(frame("a"));

        assertThat(result).isEqualTo(SendResult.QUEUED);
        assertThat(connection.writes).isEmpty();
        assertThat(tasks.size()).isEqualTo(1);
    }

    @Test
    void whatGathersBeforeTheLaneRunsIsOneBatch() {
        offer("a", "b", "c");
        tasks.runAll();

        assertThat(connection.writes).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void onlyOneWriteIsInFlight() {
        offer("a");
        tasks.runAll();
        offer("b", "c");
        tasks.runAll();

        assertThat(connection.writes).containsExactly(List.of("a"));

        connection.complete();
        tasks.runAll();

        assertThat(connection.writes).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void writesThatCompleteInlineDoNotNestAndLoseNothing() {
        Outbox wide = new Outbox(connection, lane, RecordingOwner.closing(Integer.MAX_VALUE), owner);
        connection.inline = true;
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add("m" + i);
            wide.offer(frame("m" + i));
        }

        tasks.runAll();

        assertThat(connection.received()).containsExactlyElementsOf(sent);
        assertThat(connection.deepest).isEqualTo(1);
    }

    @Test
    void aBatchIsBoundedInFramesAndBytes() {
        Outbox wide = new Outbox(connection, lane, RecordingOwner.closing(Integer.MAX_VALUE), owner);
        connection.inline = true;
        wide.offer(frame("proof"));
        tasks.runAll();
        for (int i = 0; i < Outbox.BATCH_FRAMES + 1; i++) {
            wide.offer(frame("x"));
        }
        tasks.runAll();
        wide.offer(frame("y".repeat(Outbox.BATCH_BYTES)));
        wide.offer(frame("z"));
        tasks.runAll();

        assertThat(connection.writes).extracting(List::size).containsExactly(1, Outbox.BATCH_FRAMES, 1, 1, 1);
    }

    @Test
    void aCallbackThatComesTwiceEndsOneWriteOnly() {
        offer("a");
        tasks.runAll();
        WriteCallback first = connection.pending;
        assertThat(first).isNotNull();
        connection.complete();
        offer("b");
        tasks.runAll();

        first.completed(null);
        first.completed(new IllegalStateException("late"));
        offer("c");
        tasks.runAll();

        assertThat(connection.writes).containsExactly(List.of("a"), List.of("b"));
        assertThat(owner.failures).isEmpty();
    }

    @Test
    void moreThanTheLimitOverflowsAndWhatIsInFlightCounts() {
        offer("x".repeat(LIMIT - 1));
        tasks.runAll();

        assertThat(outbox.offer(frame("y"))).isEqualTo(SendResult.QUEUED);
        assertThat(outbox.offer(frame("z"))).isEqualTo(SendResult.OVERFLOW);

        connection.complete();

        assertThat(outbox.offer(frame("z"))).isEqualTo(SendResult.QUEUED);
    }

    @Test
    void oneFrameAboveTheLimitPassesWhereNothingWaits() {
        assertThat(outbox.offer(frame("x".repeat(LIMIT * 2)))).isEqualTo(SendResult.QUEUED);
        assertThat(outbox.offer(frame("y"))).isEqualTo(SendResult.OVERFLOW);
    }

    @Test
    void closesWhenAllIsWrittenAndTakesNothingMore() {
        offer("a");
        tasks.runAll();
        offer("b");
        outbox.closeWhenDrained(CloseReason.INVALID);

        assertThat(outbox.offer(frame("c"))).isEqualTo(SendResult.CLOSED);

        tasks.runAll();
        assertThat(connection.closes).isEmpty();
        connection.complete();
        tasks.runAll();
        connection.complete();
        tasks.runAll();

        assertThat(connection.received()).containsExactly("a", "b");
        assertThat(connection.closes).containsExactly(CloseReason.INVALID);
    }

    @Test
    void closesAtOnceWhereNothingWaits() {
        outbox.closeWhenDrained(CloseReason.GOING_AWAY);
        tasks.runAll();
        outbox.closeNow(CloseReason.KICKED);

        assertThat(connection.closes).containsExactly(CloseReason.GOING_AWAY);
    }

    @Test
    void closeNowDropsWhatWaitsAlsoBehindADrainThatIsStuck() {
        offer("a");
        tasks.runAll();
        offer("b");
        outbox.closeWhenDrained(CloseReason.INVALID);

        outbox.closeNow(CloseReason.SLOW_CONSUMER);
        connection.complete();
        tasks.runAll();

        assertThat(connection.received()).containsExactly("a");
        assertThat(connection.closes).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void aFailedWriteIsToldOnceAndNothingMoreIsWritten() {
        offer("a");
        tasks.runAll();
        offer("b");
        IllegalStateException failure = new IllegalStateException("broken pipe");

        connection.complete(failure);
        tasks.runAll();

        assertThat(owner.failures).containsExactly(failure);
        assertThat(connection.received()).containsExactly("a");
    }

    @Test
    void anErrorOutOfTheConnectionIsAFailedWrite() {
        connection.thrown = new StackOverflowError("as one container does");
        offer("a");

        tasks.runAll();

        assertThat(owner.failures).containsExactly(connection.thrown);
    }

    @Test
    void theAgeIsThatOfTheWriteInFlightOrOfTheClose() {
        assertThat(outbox.ageNanos(now)).isZero();
        offer("a");
        tasks.runAll();
        now += 5;
        assertThat(outbox.ageNanos(now)).isEqualTo(5);
        connection.complete();
        assertThat(outbox.ageNanos(now)).isZero();
        outbox.closeWhenDrained(CloseReason.INVALID);
        now += 7;
        assertThat(outbox.ageNanos(now)).isEqualTo(7);
        tasks.runAll();
        assertThat(outbox.ageNanos(now)).isZero();
    }

    @Test
    void mayBlockOnlyWhileProvenQuick() {
        writeTaking(Duration.ofMillis(51));
        writeTaking(Duration.ofMillis(1));
        now += Duration.ofSeconds(1).toNanos();
        writeTaking(Duration.ofMillis(200));
        writeTaking(Duration.ofMillis(201));
        writeTaking(Duration.ofMillis(1));

        // Unproven; slow a moment ago; quick for long enough; nothing that the machine would not explain; slow again.
        assertThat(connection.mayBlock).containsExactly(false, false, true, true, false);
    }

    @Test
    void aWriteThatHasBlockedIsTheLastToBlockForASecond() {
        writeTaking(Duration.ofMillis(1));
        offer("x");
        tasks.runAll();
        outbox.hasBlocked(now);
        connection.complete();
        now += Duration.ofSeconds(1).toNanos() - 1_000_000;
        writeTaking(Duration.ofMillis(1));
        writeTaking(Duration.ofMillis(1));

        assertThat(connection.mayBlock).containsExactly(false, true, false, true);
    }

    @Test
    void aWriteThatTookLongCountsTenTimesAsLongUpToTenSeconds() {
        writeTaking(Duration.ofMillis(500));
        now += Duration.ofSeconds(5).toNanos() - 1;
        writeTaking(Duration.ofSeconds(30));
        now += Duration.ofSeconds(10).toNanos() - 1;
        writeTaking(Duration.ofNanos(1));
        writeTaking(Duration.ofNanos(1));

        assertThat(connection.mayBlock).containsExactly(false, false, false, true);
    }

    @Test
    void aBatchThatMayNotBlockIsSmall() {
        offer("abcdefghijklmnopqrst".split(""));
        tasks.runAll();
        assertThat(connection.received()).hasSize(16);
        connection.complete();
        tasks.runAll();

        assertThat(connection.received()).hasSize(20);
    }

    @Test
    void muchThatWaitsForTheLaneIsToBeWaitedForUntilTheLaneComes() {
        Outbox wide = new Outbox(connection, lane, RecordingOwner.closing(800), owner);
        wide.offer(frame("x".repeat(100)));
        assertThat(wide.isPressed()).isFalse();
        wide.offer(frame("y"));
        assertThat(wide.isPressed()).isTrue();
        CompletionStage<Void> turn = wide.turn();
        assertThat(turn).isNotNull().isNotDone();

        tasks.runAll();

        assertThat(turn).isCompleted();
        assertThat(wide.isPressed()).isFalse();
        assertThat(wide.turn()).isNull();
    }

    @Test
    void whatWaitsForTheClientIsNotToBeWaitedFor() {
        Outbox wide = new Outbox(connection, lane, RecordingOwner.closing(800), owner);
        wide.offer(frame("taken"));
        tasks.runAll();

        wide.offer(frame("x".repeat(500)));

        assertThat(wide.isPressed()).isFalse();
    }

    @Test
    void nobodyWaitsForAClosedOutbox() {
        Outbox wide = new Outbox(connection, lane, RecordingOwner.closing(800), owner);
        wide.offer(frame("x".repeat(500)));
        CompletionStage<Void> turn = wide.turn();

        wide.discard();

        assertThat(turn).isNotNull().isCompleted();
    }

    private void writeTaking(Duration time) {
        offer("x");
        tasks.runAll();
        now += time.toNanos();
        connection.complete();
    }

    private void offer(String... texts) {
        for (String text : texts) {
            assertThat(outbox.offer(frame(text))).isEqualTo(SendResult.QUEUED);
        }
    }

    private static OutboundFrame frame(String text) {
        return OutboundFrame.of(text);
    }
}
