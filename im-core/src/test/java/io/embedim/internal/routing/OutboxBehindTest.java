package io.embedim.internal.routing;

import static io.embedim.connection.SendResult.OVERFLOW;
import static io.embedim.connection.SendResult.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.OutboundFrame;
import io.embedim.security.SlowConsumerPolicy.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an outbox takes of a client that has fallen behind; the first frame of each is in flight and never done. */
class OutboxBehindTest {

    private static final int LIMIT = 1000;

    private final TaskQueue tasks = new TaskQueue();
    private final FakeConnection connection = new FakeConnection();
    private final RecordingOwner owner = new RecordingOwner();
    private long now;
    private final Lane lane = new Lane(tasks, () -> now);

    @Test
    void whoIsToBeClosedIsToldOfOnceAtTheFirstByteTooMuch() {
        Outbox outbox = stuck(Answer.CLOSE);
        now += Duration.ofMillis(70).toNanos();

        assertThat(outbox.offer(must(900))).isEqualTo(QUEUED);
        assertThat(owner.told).isEmpty();
        assertThat(outbox.offer(must(1))).isEqualTo(OVERFLOW);
        assertThat(outbox.offer(must(1))).isEqualTo(OVERFLOW);
        assertThat(outbox.offer(may(1))).isEqualTo(OVERFLOW);

        assertThat(owner.told).containsExactly("begins ends bytes=1000 age=70");
    }

    @Test
    void aFrameThatMayBeLeftOutClosesNobody() {
        Outbox outbox = stuck(Answer.CLOSE);
        outbox.offer(must(900));

        assertThat(outbox.offer(may(1))).isEqualTo(OVERFLOW);
        assertThat(owner.told).isEmpty();
        assertThat(outbox.offer(must(1))).isEqualTo(OVERFLOW);
        assertThat(owner.told).containsExactly("begins ends bytes=1000 age=0");
    }

    @Test
    void theOldestThatMayBeLeftOutMakeRoomAndTheRestKeepsItsOrder() {
        Outbox outbox = stuck(Answer.DROP);
        outbox.offer(must("first", 300));
        outbox.offer(may("old", 300));
        outbox.offer(may("new", 300));

        assertThat(outbox.offer(must("second", 200))).isEqualTo(QUEUED);

        assertThat(outbox.bytes()).isEqualTo(900);
        assertThat(owner.told).containsExactly("begins bytes=1000 age=0");
        connection.inline = true;
        connection.complete();
        tasks.runAll();
        assertThat(connection.received())
                .extracting(OutboxBehindTest::name)
                .containsExactly("0", "first", "new", "second");
    }

    @Test
    void noMoreIsLeftOutThanIsNeededAndNothingWhereItIsNotEnough() {
        Outbox outbox = stuck(Answer.DROP);
        outbox.offer(may("a", 100));
        outbox.offer(may("b", 100));
        outbox.offer(must("c", 700));

        assertThat(outbox.offer(may(201))).isEqualTo(OVERFLOW);
        assertThat(outbox.bytes()).isEqualTo(1000);
        assertThat(outbox.offer(may(200))).isEqualTo(QUEUED);
        assertThat(outbox.bytes()).isEqualTo(1000);
        assertThat(owner.told).containsExactly("begins bytes=1000 age=0");
    }

    @Test
    void whereLeavingOutIsNotEnoughItEnds() {
        Outbox outbox = stuck(Answer.DROP);
        outbox.offer(may(100));
        outbox.offer(must(800));

        assertThat(outbox.offer(must(101))).isEqualTo(OVERFLOW);
        assertThat(owner.told).containsExactly("begins ends bytes=1000 age=0");
    }

    @Test
    void whoIsKeptHasTwiceTheLimitAndNotAByteMore() {
        Outbox outbox = stuck(Answer.KEEP);
        outbox.offer(must(900));

        assertThat(outbox.offer(must(1000))).isEqualTo(QUEUED);
        assertThat(owner.told).containsExactly("begins bytes=1000 age=0");
        assertThat(outbox.decided(Answer.KEEP)).isFalse();
        assertThat(outbox.offer(must(1))).isEqualTo(OVERFLOW);

        assertThat(owner.told).containsExactly("begins bytes=1000 age=0", "ends bytes=2000 age=0");
        assertThat(outbox.bytes()).isEqualTo(2000);
    }

    @Test
    void whatMayBeLeftOutNeverGoesBeyondTheLimitItself() {
        Outbox outbox = stuck(Answer.KEEP);
        outbox.offer(must(900));

        assertThat(outbox.offer(may(1))).isEqualTo(OVERFLOW);
        assertThat(owner.told).containsExactly("begins bytes=1000 age=0");
    }

    @Test
    void theDecisionHoldsFromWhereTheClientIs() {
        Outbox outbox = stuck(Answer.KEEP);
        outbox.offer(may(500));
        outbox.offer(must(400));
        outbox.offer(must(600));
        assertThat(outbox.bytes()).isEqualTo(1600);

        assertThat(outbox.decided(Answer.DROP)).isFalse();
        assertThat(outbox.offer(must(1))).isEqualTo(OVERFLOW);
        assertThat(owner.told).last().isEqualTo("ends bytes=1600 age=0");
    }

    @Test
    void onlyTheDecisionToCloseEndsAndOnlyWhoIsStillBehind() {
        Outbox outbox = stuck(Answer.KEEP);
        assertThat(outbox.decided(Answer.CLOSE)).isFalse();
        outbox.offer(must(1000));

        assertThat(outbox.decided(Answer.KEEP)).isFalse();
        assertThat(outbox.decided(Answer.CLOSE)).isTrue();
        assertThat(outbox.decided(Answer.CLOSE)).isFalse();
        assertThat(outbox.offer(must(1))).isEqualTo(OVERFLOW);
    }

    @Test
    void whoHasCaughtUpToHalfMayFallBehindOnceMore() {
        connection.writtenByWhoBrings = 0; // So that the lane's turn is apart from the end of the write before.
        Outbox outbox = new Outbox(connection, lane, new Outbox.Bounds(LIMIT, Answer.KEEP, new Counters()), owner);
        outbox.offer(must(1000));
        tasks.runAll();
        outbox.offer(must(501));
        connection.complete();
        outbox.offer(must(500));
        assertThat(owner.told).as("501 bytes are more than half").hasSize(1);
        tasks.runAll();
        connection.complete();

        outbox.offer(must(1000));
        outbox.offer(must(1));

        assertThat(owner.told).containsExactly("begins bytes=1000 age=0", "begins bytes=1000 age=0");
    }

    @Test
    void aWriteThatTakesTooLongIsToldOfOnceAndEndsPastAllPatience() {
        Outbox outbox = stuck(Answer.KEEP);
        now += Duration.ofSeconds(10).toNanos();

        outbox.late(now, false);
        outbox.late(now, false);
        assertThat(owner.told).containsExactly("begins bytes=100 age=10000");
        outbox.late(now, true);
        outbox.late(now, true);

        assertThat(owner.told).containsExactly("begins bytes=100 age=10000", "ends bytes=100 age=10000");
    }

    @Test
    void aWriteThatTakesTooLongEndsWhereNobodyIsToBeKept() {
        stuck(Answer.CLOSE).late(now, false);
        stuck(Answer.DROP).late(now, false);
        Outbox asked = stuck(Answer.KEEP);
        asked.late(now, false);
        asked.decided(Answer.DROP);
        asked.late(now, false);

        assertThat(owner.told)
                .containsExactly(
                        "begins ends bytes=100 age=0",
                        "begins ends bytes=100 age=0",
                        "begins bytes=100 age=0",
                        "ends bytes=100 age=0");
    }

    @Test
    void aClosedOutboxSaysNothingMore() {
        Outbox outbox = stuck(Answer.KEEP);
        outbox.offer(must(1000));
        outbox.discard();

        assertThat(outbox.decided(Answer.CLOSE)).isFalse();
        outbox.late(now, true);

        assertThat(owner.told).containsExactly("begins bytes=100 age=0");
    }

    /** With 100 bytes in flight. */
    private Outbox stuck(Answer unasked) {
        Outbox outbox = new Outbox(connection, lane, new Outbox.Bounds(LIMIT, unasked, new Counters()), owner);
        outbox.offer(must("0", 100));
        tasks.runAll();
        return outbox;
    }

    private static OutboundFrame must(int bytes) {
        return must("", bytes);
    }

    private static OutboundFrame must(String name, int bytes) {
        return OutboundFrame.of(name + ".".repeat(bytes - name.length()));
    }

    private static OutboundFrame may(int bytes) {
        return may("", bytes);
    }

    private static OutboundFrame may(String name, int bytes) {
        return OutboundFrame.droppable(name + ".".repeat(bytes - name.length()));
    }

    private static String name(String text) {
        return text.substring(0, text.indexOf('.'));
    }
}
