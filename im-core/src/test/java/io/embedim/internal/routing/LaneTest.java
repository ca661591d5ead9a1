package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {

    private final TaskQueue tasks = new TaskQueue();

    @Test
    void drainsManyOutboxesInOneTaskAndGivesOthersATurn() {
        Lane lane = new Lane(tasks, System::nanoTime);
        List<FakeConnection> connections = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            FakeConnection connection = new FakeConnection();
            connections.add(connection);
            new Outbox(connection, lane, RecordingOwner.closing(1000), new RecordingOwner())
                    .offer(OutboundFrame.of("a"));
        }

        assertThat(tasks.size()).isEqualTo(1);
        tasks.runAll();

        assertThat(connections)
                .allSatisfy(connection -> assertThat(connection.received()).containsExactly("a"));
    }

    @Test
    void whatIsPutInTogetherWakesOneTaskAtTheEnd() {
        Lane lane = new Lane(tasks, System::nanoTime);
        Lane other = new Lane(tasks, System::nanoTime);
        Wakes wakes = new Wakes(List.of(other, lane), 1000);
        List<FakeConnection> connections = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FakeConnection connection = new FakeConnection();
            connections.add(connection);
            new Outbox(connection, lane, RecordingOwner.closing(1000), new RecordingOwner())
                    .offer(OutboundFrame.of("a"), wakes);
        }

        assertThat(tasks.size()).isZero();
        wakes.go();
        wakes.go();

        assertThat(tasks.size()).isEqualTo(1);
        tasks.runAll();
        assertThat(connections)
                .allSatisfy(connection -> assertThat(connection.received()).containsExactly("a"));
        wakes.go();
        assertThat(tasks.size()).isZero();
    }

    @Test
    void whatIsPutInTogetherIsInOrderBehindWhatIsThere() {
        Lane lane = new Lane(tasks, System::nanoTime);
        List<String> order = new ArrayList<>();
        outbox(lane, () -> order.add("alone")).offer(OutboundFrame.of("a"));
        Wakes wakes = new Wakes(List.of(lane), 1000);
        for (int i = 0; i < 3; i++) {
            String name = "together " + i;
            outbox(lane, () -> order.add(name)).offer(OutboundFrame.of("a"), wakes);
        }
        wakes.go();
        outbox(lane, () -> order.add("behind")).offer(OutboundFrame.of("a"));

        tasks.runAll();

        assertThat(order).containsExactly("alone", "together 0", "together 1", "together 2", "behind");
    }

    @Test
    void aLaneThatABlockedWriteHoldsUpGoesOnElsewhere() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        AtomicInteger late = new AtomicInteger();
        try {
            Lane lane = new Lane(threads, System::nanoTime);
            outbox(lane, () -> {
                        blocked.countDown();
                        awaitQuietly(release);
                    })
                    .offer(OutboundFrame.of("stuck"));
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            Outbox healthy = outbox(lane, served::countDown);
            healthy.offer(OutboundFrame.of("a"));

            lane.rescue(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));

            assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();

            release.countDown();
            CountDownLatch after = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                outbox(lane, () -> {
                            late.incrementAndGet();
                            after.countDown();
                        })
                        .offer(OutboundFrame.of("b"));
            }
            assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(late).hasValue(100);
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void aLaneThatIsNotBlockedIsLeftAlone() {
        Lane lane = new Lane(tasks, () -> 0);
        new Outbox(new FakeConnection(), lane, RecordingOwner.closing(1000), new RecordingOwner())
                .offer(OutboundFrame.of("a"));

        lane.rescue(Long.MAX_VALUE);

        assertThat(tasks.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverPutsInMuchReplacesABlockedTaskWithoutTheWatchdog(boolean oneByOne) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(16);
        AtomicLong now = new AtomicLong();
        try {
            Lane lane = new Lane(threads, now::get);
            outbox(lane, () -> {
                        blocked.countDown();
                        awaitQuietly(release);
                    })
                    .offer(OutboundFrame.of("stuck"));
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            now.set(TimeUnit.MILLISECONDS.toNanos(50));

            Wakes wakes = new Wakes(List.of(lane), 1000);
            for (int i = 0; i < 16; i++) {
                Outbox outbox = outbox(lane, served::countDown);
                if (oneByOne) {
                    outbox.offer(OutboundFrame.of("a"));
                } else {
                    outbox.offer(OutboundFrame.of("a"), wakes);
                }
            }
            wakes.go();

            assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void afterAWriteThatWaitedNoOtherOneMayBlockForAWhile() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicReference<Thread> stuck = new AtomicReference<>();
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong now = new AtomicLong();
        try {
            Lane lane = new Lane(threads, now::get);
            outbox(lane, () -> {
                        stuck.set(Thread.currentThread());
                        awaitQuietly(release);
                    })
                    .offer(OutboundFrame.of("stuck"));
            await().until(() -> stuck.get() != null && stuck.get().getState() == Thread.State.TIMED_WAITING);
            outbox(lane, () -> {}).offer(OutboundFrame.of("a"));
            assertThat(lane.mayBlock(now.get())).isTrue();

            lane.rescue(TimeUnit.MILLISECONDS.toNanos(10));

            assertThat(lane.mayBlock(TimeUnit.MILLISECONDS.toNanos(200))).isFalse();
            assertThat(lane.mayBlock(TimeUnit.MILLISECONDS.toNanos(300))).isTrue();
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void aTaskThatCouldRunIsNoReasonToForbidBlocking() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch busy = new CountDownLatch(1);
        AtomicBoolean release = new AtomicBoolean();
        CountDownLatch served = new CountDownLatch(1);
        try {
            Lane lane = new Lane(threads, () -> 0);
            outbox(lane, () -> {
                        busy.countDown();
                        while (!release.get()) {
                            Thread.onSpinWait();
                        }
                    })
                    .offer(OutboundFrame.of("busy"));
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            outbox(lane, served::countDown).offer(OutboundFrame.of("a"));

            lane.rescue(TimeUnit.MILLISECONDS.toNanos(49));
            assertThat(served.getCount()).isEqualTo(1);
            lane.rescue(TimeUnit.MILLISECONDS.toNanos(50));

            assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(lane.mayBlock(TimeUnit.MILLISECONDS.toNanos(50))).isTrue();
        } finally {
            release.set(true);
            threads.shutdownNow();
        }
    }

    private static Outbox outbox(Lane lane, Runnable onWrite) {
        Connection connection = new Connection() {
            @Override
            public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
                onWrite.run();
                callback.completed(null);
            }

            @Override
            public void close(CloseReason reason) {}
        };
        return new Outbox(connection, lane, RecordingOwner.closing(1000), new RecordingOwner());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
