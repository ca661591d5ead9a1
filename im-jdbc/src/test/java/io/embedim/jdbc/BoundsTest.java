package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.Message;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks is never held, and what waits is bounded. */
class BoundsTest {

    private final Path directory = Pools.quickDirectory();
    private HikariDataSource pool;

    @BeforeEach
    void open() {
        pool = Pools.h2(directory, ";LOCK_TIMEOUT=3000");
    }

    @AfterEach
    void close() {
        pool.close();
        Pools.delete(directory);
    }

    /** From here on writers wait for it. */
    private Connection lock() throws SQLException {
        Connection other = pool.getConnection();
        other.setAutoCommit(false);
        other.createStatement().execute("SELECT * FROM im_broker FOR UPDATE");
        return other;
    }

    private static void unlock(Connection other) throws SQLException {
        other.rollback();
        other.close();
    }

    @Test
    void moreAppendsThanMayWaitAreNotMade() throws SQLException {
        try (Node node = new Node(pool, settings -> settings.maxWaiting(3))) {
            node.say("first");
            Connection lock = lock();
            CompletableFuture<Receipt> begun = node.begin("begun");
            Awaitility.await().until(() -> isWaitingForLock());
            List<CompletableFuture<Receipt>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(node.begin("waits-" + i));
            }

            assertThat(Node.failure(node.begin("too much")))
                    .isEqualTo(
                            "append to g:g was not made: as much waits already as may; expected a database that keeps up");
            unlock(lock);
            assertThat(Node.failure(begun)).isEmpty();
            assertThat(waiting).allSatisfy(one -> assertThat(Node.failure(one)).isEmpty());
            assertThat(node.log()).containsExactly("first", "begun", "waits-0", "waits-1", "waits-2");
            node.assertHeardAsLogged();
        }
    }

    private boolean isWaitingForLock() {
        return DatabaseRules.number(
                        pool, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")
                > 0;
    }

    @Test
    void whoWaitedTooLongForItsTurnIsNotAppended() throws SQLException {
        try (Node node = new Node(pool, settings -> settings.timeOut(Duration.ofMillis(600)))) {
            node.say("first");
            Connection lock = lock();
            CompletableFuture<Receipt> begun = node.begin("begun");
            Awaitility.await().until(this::isWaitingForLock);
            CompletableFuture<Receipt> waits = node.begin("waits");

            assertThat(Node.failure(begun))
                    .isEqualTo("append to g:g has an unknown outcome: the database took longer than PT0.6S");
            assertThat(Node.failure(waits))
                    .isEqualTo("append to g:g was not made: it waited longer than PT0.6S for its turn");
            unlock(lock);
            node.say("last");
            assertThat(node.log()).doesNotContain("waits");
            node.assertHeardAsLogged();
        }
    }

    @Test
    void executorThatTakesNoMoreFailsTheCallAndNothingElse() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        ThreadPoolExecutor executor = new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        try (Node node = new Node(pool, settings -> settings.executor(executor))) {
            node.say("one");
            Awaitility.await().until(() -> executor.getActiveCount() == 0);
            for (int i = 0; i < 2; i++) {
                int active = i + 1;
                executor.execute(() -> waitFor(release));
                Awaitility.await()
                        .until(() -> executor.getActiveCount() == active
                                && executor.getQueue().isEmpty());
            }
            executor.execute(() -> waitFor(release));

            assertThat(Node.failure(node.begin("two")))
                    .isEqualTo("append to g:g was not made: the executor refused it");
            assertThat(Node.failure(node.broker.read(Reading.last(Node.GROUP, 1))))
                    .isEqualTo("read of g:g was not tried: the executor refused it");
            assertThat(Node.failure(node.broker.probe())).isEqualTo("probe was not done: the executor refused it");
            release.countDown();
            node.awaitRecovery();
            node.say("three");
            assertThat(node.log()).containsExactly("one", "three");
        } finally {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void waitFor(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** B7, where the message is not yet in the log. */
    @Test
    void signalBehindAMessageThatWaitsIsHeardBehindIt() throws SQLException {
        try (Node node = Node.on(pool)) {
            Connection lock = lock();
            CompletableFuture<Receipt> message = node.begin("message");
            Signal left = new Signal.Left(
                    Topic.of(new GroupId("g")),
                    new ConnectionId("c"),
                    new GroupId("g"),
                    true,
                    new Sender(new UserId("a"), false, "a", false, null));
            CompletionStage<Void> sent = node.broker.signal(left);
            assertThat(sent.toCompletableFuture()).isDone();
            assertThat(node.heard).isEmpty();

            unlock(lock);
            message.join();

            Awaitility.await().until(() -> node.heard.size() == 2);
            List<TopicEvent> heard = node.heard;
            assertThat(heard.get(0)).isInstanceOf(Message.class);
            assertThat(heard.get(1)).isEqualTo(left);
        }
    }
}
