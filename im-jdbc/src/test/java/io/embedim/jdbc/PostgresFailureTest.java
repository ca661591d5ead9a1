package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.Receipt;
import io.embedim.jdbc.CuttingProxy.Evil;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real server whose connections, or which itself, goes away. */
@Tag("slow")
class PostgresFailureTest {

    private Postgres server;
    private CuttingProxy proxy;
    private HikariDataSource pool;

    @BeforeEach
    void start() {
        server = Postgres.start(true);
        proxy = new CuttingProxy(server.port());
        pool = Pools.pool(server.url("127.0.0.1", proxy.port()) + "?prepareThreshold=0", "postgres");
    }

    @AfterEach
    void stop() {
        if (server != null) { // Null where the test is skipped.
            pool.close();
            proxy.close();
            server.close();
        }
    }

    @Test
    void committedWithoutAnAnswerIsUnknownAndDeliveredBeforeAnythingNewer() {
        try (Node node = Node.on(pool)) {
            node.say("one");
            proxy.atNextCommit(Evil.CUT_AFTER);
            CompletableFuture<Receipt> second = node.begin("two");

            assertThat(Node.failure(second)).startsWith("append to g:g has an unknown outcome: ");
            assertThat(Node.contents(node.messages()))
                    .as("delivered while the outcome is unknown")
                    .containsExactly("one");
            node.say("three");
            Receipt again = node.begin("two").join();

            assertThat(again.duplicate())
                    .as("the repetition of what was committed")
                    .isTrue();
            assertThat(again.position().seq()).isEqualTo(2);
            assertThat(node.log()).containsExactly("one", "two", "three");
            node.assertHeardAsLogged();
        }
    }

    @Test
    void committedWithoutAnAnswerIsDeliveredWithoutAnythingNewer() {
        try (Node node = Node.on(pool)) {
            proxy.atNextCommit(Evil.CUT_AFTER);

            assertThat(Node.failure(node.begin("first of a log"))).contains("unknown outcome");

            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(Node.contents(node.messages())).containsExactly("first of a log"));
        }
    }

    @Test
    void commitThatDidNotArriveIsUnknownAndNowhere() {
        try (Node node = Node.on(pool)) {
            node.say("one");
            proxy.atNextCommit(Evil.CUT_BEFORE);

            assertThat(Node.failure(node.begin("two"))).startsWith("append to g:g has an unknown outcome: ");
            node.say("three");

            assertThat(node.log()).containsExactly("one", "three");
            node.assertHeardAsLogged();
            assertThat(node.begin("two").join().duplicate()).isFalse();
        }
    }

    @Test
    void databaseThatHangsHoldsNobodyForLongerThanTheTimeOut() {
        Duration timeOut = Duration.ofMillis(700);
        try (Node node = new Node(pool, settings -> settings.timeOut(timeOut))) {
            node.say("one");
            proxy.atNextCommit(Evil.HANG);
            CompletableFuture<Receipt> hangs = node.begin("two");
            Awaitility.await().until(proxy::isDone);
            CompletableFuture<Receipt> behind = node.begin("three");

            assertThat(Node.failure(hangs)).startsWith("append to g:g has an unknown outcome: ");
            assertThat(Node.failure(behind))
                    .as("one that waited behind it")
                    .satisfiesAnyOf(
                            message -> assertThat(message).isEmpty(),
                            message -> assertThat(message).contains("was not made"));
            node.awaitRecovery();
            node.say("four");
            node.assertHeardAsLogged();
            assertThat(node.log()).doesNotContain("two");
        }
    }

    @Test
    void connectionsThatAreTerminatedCostNoReceipt() throws SQLException {
        try (Node node = Node.on(pool);
                HikariDataSource direct = server.pool()) {
            List<CompletableFuture<Receipt>> all = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 100; i++) {
                    all.add(node.begin(round + "-" + i));
                }
                Awaitility.await().until(all.get(all.size() - 60)::isDone);
                terminateOthers(direct);
            }
            node.awaitRecovery();
            check(node, all);
        }
    }

    @Test
    void serverThatCrashesAndComesBackCostsNoReceipt() {
        try (Node node = Node.on(pool)) {
            List<CompletableFuture<Receipt>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(node.begin("before-" + i));
            }
            Awaitility.await().until(all.get(50)::isDone);
            server.kill();
            String down = Node.failure(node.begin("down"));
            server.startAgain(true);
            node.awaitRecovery();
            for (int i = 0; i < 50; i++) {
                all.add(node.begin("after-" + i));
            }

            assertThat(down).contains("was not made: expected success; the database answered 08");
            check(node, all);
        }
    }

    @Test
    void lockedOrReadOnlyDatabaseIsSaidSo() throws SQLException {
        try (Node node = new Node(pool, settings -> settings.timeOut(Duration.ofSeconds(1)));
                HikariDataSource direct = server.pool()) {
            node.say("one");
            DatabaseRules.run(direct, "ALTER SYSTEM SET default_transaction_read_only = on");
            DatabaseRules.run(direct, "SELECT pg_reload_conf()");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(Node.failure(node.begin("read only")))
                            .isEqualTo("append to g:g was not made: expected success; the database answered 25006:"
                                    + " ERROR: cannot execute UPDATE in a read-only transaction"));
            assertThat(node.log()).contains("one");
            DatabaseRules.run(direct, "ALTER SYSTEM RESET ALL");
            DatabaseRules.run(direct, "SELECT pg_reload_conf()");
            node.awaitRecovery();

            try (Connection connection = direct.getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("SELECT * FROM im_broker FOR UPDATE");
                assertThat(Node.failure(node.begin("locked")))
                        .startsWith("append to g:g has an unknown outcome: the database took longer than PT1S");
            }
            node.awaitRecovery();
            node.say("two");
            node.assertHeardAsLogged();
        }
    }

    private static void terminateOthers(HikariDataSource direct) {
        DatabaseRules.run(
                direct,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND backend_type = 'client backend'");
    }

    /** Each receipt's entry is in the log, each entry there once, and all of it was delivered in order. */
    private static void check(Node node, List<CompletableFuture<Receipt>> all) {
        List<Receipt> receipts = new ArrayList<>();
        for (CompletableFuture<Receipt> one : all) {
            String failure = Node.failure(one);
            if (failure.isEmpty()) {
                receipts.add(one.join());
            } else {
                assertThat(failure).containsAnyOf("was not made", "unknown outcome");
            }
        }
        assertThat(receipts).hasSizeGreaterThan(all.size() / 10);
        assertThat(node.log()).doesNotHaveDuplicates();
        assertThat(node.readAll().entries())
                .extracting(message -> message.position())
                .containsAll(receipts.stream().map(Receipt::position).toList());
        node.assertHeardAsLogged();
    }
}
