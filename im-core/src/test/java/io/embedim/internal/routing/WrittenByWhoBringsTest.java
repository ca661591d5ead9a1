package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.OutboundFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the thread that brings a message writes it, and when the lanes do. */
class WrittenByWhoBringsTest {

    private final TaskQueue tasks = new TaskQueue();
    private final Lane lane = new Lane(tasks, () -> 0);
    private final Lane other = new Lane(tasks, () -> 0);
    private final FakeConnection connection = inline();
    private final Outbox outbox = outbox(connection, lane);

    @Test
    void aMessageForOneIsWrittenHereByAWriteThatNeverBlocks() {
        outbox.offer(OutboundFrame.of("proves that it is quick"));
        tasks.runAll();

        outbox.offerAndWrite(OutboundFrame.of("here"));

        assertThat(tasks.size()).isZero();
        assertThat(connection.received()).containsExactly("proves that it is quick", "here");
        assertThat(connection.mayBlock).containsExactly(false, false);
    }

    @Test
    void aMessageForAFewIsWrittenHereInAllLanes() {
        List<FakeConnection> few = fanOut(16);

        assertThat(tasks.size()).isZero();
        assertThat(few).allSatisfy(each -> {
            assertThat(each.received()).containsExactly("a");
            assertThat(each.mayBlock).containsExactly(false);
        });
    }

    @Test
    void aMessageForMoreIsForTheLanes() {
        List<FakeConnection> many = fanOut(17);

        assertThat(many).allSatisfy(each -> assertThat(each.received()).isEmpty());
        assertThat(tasks.size()).isEqualTo(2);
        tasks.runAll();
        assertThat(many).allSatisfy(each -> assertThat(each.received()).containsExactly("a"));
    }

    @Test
    void aPipeThatWouldRatherBlockIsForTheLanes() {
        connection.writtenByWhoBrings = 0;
        Wakes wakes = new Wakes(List.of(lane), 2);

        outbox.offer(OutboundFrame.of("a"), wakes);
        outbox(inline(), lane).offer(OutboundFrame.of("a"), wakes);
        wakes.go();

        assertThat(tasks.size()).isEqualTo(1);
    }

    @Test
    void nowAndThenItIsTriedWhetherMessagesGather() {
        for (int i = 0; i < 15; i++) {
            outbox.offerAndWrite(OutboundFrame.of("here"));
        }
        assertThat(tasks.size()).isZero();

        outbox.offerAndWrite(OutboundFrame.of("trial"));
        outbox.offerAndWrite(OutboundFrame.of("gathers"));

        assertThat(connection.received()).hasSize(15);
        tasks.runAll();
        assertThat(connection.received()).hasSize(17).endsWith("trial", "gathers");
    }

    @Test
    void whileMessagesGatherAllIsForTheLanesAndAfterwardsNotAnyMore() {
        for (int i = 0; i < 8; i++) {
            gather();
        }

        outbox.offerAndWrite(OutboundFrame.of("a"));
        assertThat(tasks.size()).isEqualTo(1);
        tasks.runAll();
        for (int i = 0; i < 64; i++) {
            outbox.offer(OutboundFrame.of("alone"));
            tasks.runAll();
        }

        outbox.offerAndWrite(OutboundFrame.of("a"));
        assertThat(tasks.size()).isZero();
    }

    @Test
    void whoWritesHereLeavesAloneWhatOthersPutIn() {
        FakeConnection another = inline();
        Outbox meanwhile = outbox(another, lane);
        meanwhile.offer(OutboundFrame.of("another's"));

        outbox.offerAndWrite(OutboundFrame.of("here"));

        assertThat(connection.received()).containsExactly("here");
        assertThat(another.received()).isEmpty();
        tasks.runAll();
        assertThat(another.received()).containsExactly("another's");
    }

    @Test
    void whoTellsThatAWriteHasEndedBeginsTheNextOneIfASingleMessageWaits() {
        connection.inline = false;
        outbox.offer(OutboundFrame.of("first"));
        tasks.runAll();
        outbox.offer(OutboundFrame.of("second"));

        connection.complete();

        assertThat(tasks.size()).isZero();
        assertThat(connection.received()).containsExactly("first", "second");
        assertThat(connection.mayBlock).containsExactly(false, false);
        assertThat(connection.deepest).isEqualTo(1);
    }

    @Test
    void severalThatHaveGatheredBehindAWriteAreForTheLane() {
        connection.inline = false;
        outbox.offer(OutboundFrame.of("first"));
        tasks.runAll();
        outbox.offer(OutboundFrame.of("second"));
        outbox.offer(OutboundFrame.of("third"));

        connection.complete();

        assertThat(connection.writes).containsExactly(List.of("first"));
        tasks.runAll();
        assertThat(connection.writes).containsExactly(List.of("first"), List.of("second", "third"));
    }

    private void gather() {
        outbox.offer(OutboundFrame.of("b"));
        outbox.offer(OutboundFrame.of("c"));
        tasks.runAll();
    }

    private List<FakeConnection> fanOut(int size) {
        Wakes wakes = new Wakes(List.of(lane, other), size);
        List<FakeConnection> connections = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeConnection each = inline();
            connections.add(each);
            outbox(each, i % 2 == 0 ? lane : other).offer(OutboundFrame.of("a"), wakes);
        }
        wakes.go();
        return connections;
    }

    private static Outbox outbox(FakeConnection connection, Lane lane) {
        return new Outbox(connection, lane, RecordingOwner.closing(1000), new RecordingOwner());
    }

    private static FakeConnection inline() {
        FakeConnection connection = new FakeConnection();
        connection.inline = true;
        return connection;
    }
}
