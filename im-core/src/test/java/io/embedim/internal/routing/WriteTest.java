package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is used again for another write, and what is not; and that a write ends once, whenever it is told. */
class WriteTest {

    private static final OutboundFrame FRAME = OutboundFrame.of("a");

    private final TaskQueue tasks = new TaskQueue();
    private long now;
    private final Lane lane = new Lane(tasks, () -> now);
    private final RecordingOwner owner = new RecordingOwner();

    @Test
    void ofAPipeThatKeepsNothingIsUsedAgainForAnotherOutbox() {
        Pipe one = new Pipe(true);
        Pipe other = new Pipe(true);
        outbox(one).offer(FRAME);
        outbox(other).offer(FRAME);

        tasks.runAll();

        assertThat(other.callbacks).hasSize(1).first().isSameAs(one.callbacks.get(0));
        assertThat(other.lists).hasSize(1).first().isSameAs(one.lists.get(0));
    }

    @Test
    void holdsNoFrameWhenItHasEnded() {
        Pipe pipe = new Pipe(true);
        outbox(pipe).offer(FRAME);

        tasks.runAll();

        assertThat(pipe.lists.get(0)).isEmpty();
    }

    @Test
    void ofAnyOtherPipeIsLeftAlone() {
        Pipe pipe = new Pipe(false);
        Outbox outbox = outbox(pipe);
        outbox.offer(FRAME);
        tasks.runAll();
        outbox.offer(FRAME);
        tasks.runAll();

        assertThat(pipe.callbacks.get(1)).isNotSameAs(pipe.callbacks.get(0));
        assertThat(pipe.lists).containsExactly(List.of(FRAME), List.of(FRAME));
    }

    @Test
    void thatEndsLaterIsNotUsedAgain() {
        Pipe pipe = new Pipe(true);
        pipe.inline = false;
        Outbox outbox = outbox(pipe);
        outbox.offer(FRAME);
        tasks.runAll();
        pipe.callbacks.get(0).completed(null);
        outbox.offer(FRAME);
        tasks.runAll();

        assertThat(pipe.callbacks).hasSize(2);
        assertThat(pipe.callbacks.get(1)).isNotSameAs(pipe.callbacks.get(0));
    }

    @Test
    void thatHasEndedInItsCallIsNotEndedByWhatComesBehind() {
        Pipe pipe = new Pipe(false);
        pipe.afterwards = () -> {
            throw new IllegalStateException("behind the callback");
        };
        Outbox outbox = outbox(pipe);
        outbox.offer(FRAME);
        tasks.runAll();
        pipe.afterwards = () -> {};
        pipe.inline = false;
        outbox.offer(FRAME);
        tasks.runAll();
        pipe.callbacks.get(0).completed(null);
        pipe.callbacks.get(0).completed(new IllegalStateException("late"));
        outbox.offer(FRAME);
        tasks.runAll();

        assertThat(pipe.callbacks).as("the second write is still in flight").hasSize(2);
        assertThat(owner.failures).isEmpty();
    }

    @Test
    void thatHasFailedInItsCallHasNotSucceededAfterwards() {
        Pipe pipe = new Pipe(true);
        pipe.inline = false;
        IllegalStateException failure = new IllegalStateException("first");
        pipe.afterwards = () -> {
            pipe.callbacks.get(0).completed(failure);
            pipe.callbacks.get(0).completed(null);
        };
        outbox(pipe).offer(FRAME);
        outbox(pipe).offer(FRAME);

        tasks.runAll();

        assertThat(owner.failures).first().isSameAs(failure);
        assertThat(pipe.callbacks.get(1)).isNotSameAs(pipe.callbacks.get(0));
    }

    @Test
    void isNotBegunWhileAnotherOneIsInItsCall() {
        Pipe pipe = new Pipe(true);
        Outbox outbox = outbox(pipe);
        pipe.afterwards = () -> {
            pipe.afterwards = () -> {};
            outbox.offer(FRAME);
            tasks.runAll();
            assertThat(pipe.callbacks).hasSize(1);
        };
        outbox.offer(FRAME);

        tasks.runAll();

        assertThat(pipe.callbacks).hasSize(2);
    }

    @Test
    void isSlowWhereItsCallTookLongAlsoBehindTheCallback() {
        Pipe pipe = new Pipe(true);
        pipe.afterwards = () -> now += 51_000_000;
        Outbox outbox = outbox(pipe);
        outbox.offer(FRAME);
        tasks.runAll();
        outbox.offer(FRAME);
        tasks.runAll();

        assertThat(pipe.mayBlock).containsExactly(false, false);
    }

    @Test
    void ofAPipeThatKeepsNothingAllocatesNothing() {
        List<Outbox> outboxes = new ArrayList<>();
        Connection taking = new Taking();
        for (int i = 0; i < 1000; i++) {
            outboxes.add(outbox(taking));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) { // The virtual machine allocates something of its own now and then.
            long before = threads.getCurrentThreadAllocatedBytes();
            fanOut(outboxes);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).as("bytes for 3,000 frames in 1,000 writes").isLessThan(1000);
    }

    @Test
    void thatHasEndedInItsCallIsNotEndedByAnotherThreadBeforeTheCallReturns() {
        Pipe pipe = new Pipe(false);
        pipe.afterwards = () -> {
            Thread other = new Thread(() -> pipe.callbacks.get(0).completed(new IllegalStateException("second")));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        outbox(pipe).offer(FRAME);

        tasks.runAll();

        assertThat(owner.failures).isEmpty();
    }

    private void fanOut(List<Outbox> outboxes) {
        for (int frames = 0; frames < 3; frames++) {
            for (Outbox outbox : outboxes) {
                outbox.offer(FRAME);
            }
        }
        tasks.runAll();
    }

    private Outbox outbox(Connection connection) {
        return new Outbox(connection, lane, RecordingOwner.closing(1000), owner);
    }

    /** Keeps what a pipe should not, to be looked at. */
    private static final class Pipe implements Connection {

        final List<WriteCallback> callbacks = new ArrayList<>();
        final List<List<OutboundFrame>> lists = new ArrayList<>();
        final List<Boolean> mayBlock = new ArrayList<>();
        boolean inline = true;
        Runnable afterwards = () -> {};
        private final boolean keepsNothing;

        Pipe(boolean keepsNothing) {
            this.keepsNothing = keepsNothing;
        }

        @Override
        public void write(List<OutboundFrame> frames, boolean block, WriteCallback callback) {
            lists.add(frames);
            callbacks.add(callback);
            mayBlock.add(block);
            if (inline) {
                callback.completed(null);
            }
            afterwards.run();
        }

        @Override
        public boolean keepsNothing() {
            return keepsNothing;
        }

        @Override
        public void close(CloseReason reason) {}
    }

    /** As an adapter does. */
    private static final class Taking implements Connection {

        @Override
        public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
            callback.completed(null);
        }

        @Override
        public boolean keepsNothing() {
            return true;
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
