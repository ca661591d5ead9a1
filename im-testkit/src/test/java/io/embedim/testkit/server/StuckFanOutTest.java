package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.GroupId;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fan-out that stands still in the middle holds no lock that anybody else needs. */
class StuckFanOutTest {

    private static final int MEMBERS = 50;
    private static final String SAID = "0 u0[群聊说]:stuck";

    private final StickingRuntime runtime = new StickingRuntime();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();

    @AfterEach
    void close() {
        runtime.goOn.countDown();
        server.close();
    }

    @Test
    @Timeout(
            value = 30,
            threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // What waits for a lock cannot be interrupted.
    void othersJoinLeaveAndTalkWhileAFanOutStandsStill() throws Exception {
        List<Client> group = IntStream.range(0, MEMBERS)
                .mapToObj(i -> new Client("u" + i).joined(1))
                .toList();
        Client one = new Client("one").joined(2);
        Client two = new Client("two").joined(2);
        Thread speaker = new Thread(() -> group.get(0).send("speak", 1, "stuck"), "speaker");
        runtime.stickNextOn(speaker);
        speaker.start();
        assertThat(runtime.stuck.await(10, TimeUnit.SECONDS)).isTrue();

        Client late = new Client("late").joined(1);
        group.get(MEMBERS - 1).inbound.closed(CloseReason.NORMAL, null);
        group.get(MEMBERS - 2).inbound.closed(CloseReason.NORMAL, null);
        one.send("speak", 2, "elsewhere");
        two.hears("0 one[群聊说]:elsewhere");
        one.joined(3);

        assertThat(inGroup()).as("49 of the first, less two, and the late one").isEqualTo(MEMBERS - 1L);
        assertThat(speaker.getState()).as("in the middle of its fan-out").isEqualTo(Thread.State.WAITING);
        assertThat(group.stream().filter(member -> member.heard().contains(SAID)))
                .hasSizeLessThan(MEMBERS - 2);
        runtime.goOn.countDown();
        group.subList(0, MEMBERS - 2).forEach(member -> member.hears(SAID));
        late.hears("0 close");
        assertThat(late.heard()).as("what was said before it came").doesNotContain(SAID);
        speaker.join(10_000);
    }

    private long inGroup() throws ExecutionException, InterruptedException, TimeoutException {
        return server.sessions()
                .countInGroup(GroupId.of("1"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private final class Client {

        private final RecordingConnection connection = new RecordingConnection();
        private final Inbound inbound;
        private final String user;

        Client(String user) {
            this.user = user;
            this.inbound = server.open(connection, Handshake.at("/im").build());
        }

        /** Only when the answer has come. */
        Client joined(int group) {
            int before = heard().size();
            send("join", group, "c");
            await().atMost(Duration.ofSeconds(10)).until(() -> heard().size() > before);
            return this;
        }

        void send(String event, int group, String content) {
            inbound.received(Clients.frame(event, 2, group, user, "\"content\":\"" + content + "\""), true);
        }

        List<String> heard() {
            return connection.frames().stream().map(Clients::summary).toList();
        }

        void hears(String summary) {
            await().atMost(Duration.ofSeconds(10)).until(() -> heard().contains(summary));
        }
    }

    /** A thread runtime whose executor holds up one caller, once: a fan-out meets it when it wakes the first lane. */
    private static final class StickingRuntime implements ImRuntime {

        private final ImRuntime threads = ThreadRuntime.start();
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile @Nullable Thread victim;

        void stickNextOn(Thread thread) {
            victim = thread;
        }

        @Override
        public Executor executor() {
            return task -> {
                threads.executor().execute(task);
                if (Thread.currentThread() == victim) {
                    victim = null;
                    stuck.countDown();
                    awaitUninterruptibly();
                }
            };
        }

        private void awaitUninterruptibly() {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Cancellable schedule(Runnable task, Duration delay) {
            return threads.schedule(task, delay);
        }

        @Override
        public long nanoTime() {
            return threads.nanoTime();
        }

        @Override
        public Instant now() {
            return threads.now();
        }

        @Override
        public RandomGenerator random() {
            return threads.random();
        }

        @Override
        public void close() {
            threads.close();
        }
    }
}
