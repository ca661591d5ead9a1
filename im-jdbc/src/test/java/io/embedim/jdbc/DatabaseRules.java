package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Fence;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a database of either kind is used for, beyond the contract. */
interface DatabaseRules {

    /** An empty database. */
    DataSource database();

    static void run(DataSource source, String statement) {
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }

    static long number(DataSource source, String select) {
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(select)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(select, e);
        }
    }

    @Test
    default void whatWasAcknowledgedIsThereAfterReopening() {
        DataSource source = database();
        Receipt first;
        List<Message> log;
        try (Node node = Node.on(source)) {
            first = node.begin("one").join();
            node.say("two");
            log = node.readAll().entries();
        }

        try (Node node = Node.on(source)) {
            Receipt again = node.begin("one").join();
            Receipt third = node.say("three");

            assertThat(again).isEqualTo(new Receipt(first.position(), first.at(), true));
            assertThat(third.position().seq()).isEqualTo(3);
            assertThat(third.position().epoch()).isEqualTo(first.position().epoch());
            assertThat(node.readAll().entries().subList(0, 2)).isEqualTo(log);
        }
    }

    @Test
    default void whatWaitsTogetherSharesATransaction() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            node.say("first");
            long before = number(source, "SELECT beat FROM im_broker");

            List<CompletableFuture<Receipt>> receipts =
                    IntStream.range(0, 640).mapToObj(i -> node.begin("m" + i)).toList();
            receipts.forEach(CompletableFuture::join);

            assertThat(number(source, "SELECT beat FROM im_broker") - before)
                    .as("transactions for 640 appends")
                    .isLessThan(100);
            assertThat(receipts)
                    .as("appends of one thread, in its order")
                    .extracting(receipt -> receipt.join().position().seq())
                    .isSorted();
            node.assertHeardAsLogged();
        }
    }

    /** Each as if it were alone, in one transaction. */
    @Test
    default void appendsOfOneTransactionSeeEachOther() throws Exception {
        DataSource source = database();
        UserId member = new UserId("m");
        try (Node node = Node.on(source)) {
            Message target = node.readAll().entries().isEmpty() ? said(node, "old") : said(node, "never");
            Draft edit = Drafts.say(Node.GROUP, "a", "new").doing(new Action.Edit(target.ref(), 0));
            Draft once = Drafts.sayOnce(Node.GROUP, "a", "once", "id");
            List<Draft> drafts = List.of(
                    once,
                    once,
                    Drafts.sayOnce(Node.GROUP, "a", "something else", "id"),
                    edit,
                    edit,
                    Drafts.say(Node.GROUP, "m", "too early").fenced(new Fence(member, 1)),
                    Drafts.say(Node.GROUP, "o", "").doing(new Action.AddMember(member, 1)),
                    Drafts.say(Node.GROUP, "m", "in time").fenced(new Fence(member, 1)),
                    Drafts.say(Node.GROUP, "o", "").doing(new Action.RemoveMember(member)),
                    Drafts.say(Node.GROUP, "m", "too late").fenced(new Fence(member, 1)),
                    Drafts.say(Node.GROUP, "a", "").doing(new Action.Recall(target.ref(), 1, false)),
                    Drafts.say(Drafts.group("other"), "a", "elsewhere"));

            List<AppendBatch.Result> results = new Database(source, Duration.ofSeconds(5), true).write(connection -> {
                try (AppendBatch batch = new AppendBatch(
                        connection, JdbcBroker.DEFAULT_RETENTION, new Ids(node.runtime), node.runtime.now())) {
                    return batch.append(drafts);
                }
            });

            assertThat(results)
                    .extracting(result -> result.message() != null
                            ? result.message().position().seq()
                            : result.outcome())
                    .containsExactly(
                            2L,
                            new Receipt(place(results, 0), message(results, 0).at(), true),
                            Refusal.ID_TAKEN,
                            3L,
                            Refusal.REVISION_CHANGED,
                            Refusal.NOT_A_MEMBER,
                            4L,
                            5L,
                            6L,
                            Refusal.NOT_A_MEMBER,
                            7L,
                            1L);
            assertThat(node.log()).containsExactly("", "once", "", "", "in time", "", "");
            assertThat(node.readAll().entries().get(0).revision()).isEqualTo(2);
            assertThat(number(source, "SELECT bytes FROM im_conversation WHERE conv = 'g:g'"))
                    .as("bytes that the head counts")
                    .isEqualTo(node.readAll().entries().stream()
                            .mapToLong(Message::weight)
                            .sum());
        }
    }

    private static Message said(Node node, String content) {
        node.say(content);
        return node.readAll().entries().get(0);
    }

    private static Message message(List<AppendBatch.Result> results, int at) {
        return java.util.Objects.requireNonNull(results.get(at).message());
    }

    private static Position place(List<AppendBatch.Result> results, int at) {
        return message(results, at).position();
    }

    /** L4: an entry is never given up because the head of its log is gone. */
    @Test
    default void logWithoutItsHeadGoesOnBehindItsEntriesInANewEpoch() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            String epoch = node.begin("one").join().position().epoch();
            node.say("two");
            run(source, "DELETE FROM im_conversation");

            Receipt third = node.say("three");
            Receipt again = node.begin("one").join();

            assertThat(third.position().seq()).isEqualTo(3);
            assertThat(third.position().epoch()).isNotEqualTo(epoch);
            assertThat(again.duplicate())
                    .as("a record of another epoch is void")
                    .isFalse();
            assertThat(node.log()).containsExactly("one", "two", "three", "one");
            assertThat(node.readAll().entries().get(2).prev())
                    .isEqualTo(node.readAll().entries().get(1).position().mid());
            assertThat(Node.await(node.broker.read(Reading.after(Node.GROUP, new Position(epoch, 1, "m"), 5)))
                            .status())
                    .isEqualTo(Slice.Status.RESET);
        }
    }

    @Test
    default void textsThatDatabasesDislikeComeBackAsTheyWere() {
        try (Node node = Node.on(database())) {
            List<String> texts = List.of(
                    "nul \0 end", "escape \u0001 0000", "high \ud83d", "\ude00 low", "both \ud83d\ude00", "'; --", "");

            texts.forEach(
                    text -> node.append(new Draft(Node.GROUP, null, new UserId("\0u"), text, false, null, text, text)));

            assertThat(node.log()).isEqualTo(texts);
            assertThat(node.readAll().entries()).isEqualTo(node.messages());
        }
    }

    @Test
    default void textThatDoesNotFitIsRefusedAndSpoilsNothing() {
        try (Node node = Node.on(database())) {
            String most = "x".repeat(StoredText.LONG);
            CompletableFuture<Receipt> good = node.begin("good");

            assertThat(Node.failure(node.broker.publish(Drafts.say(Node.GROUP, "a", most + "x"))))
                    .isEqualTo(
                            "append to g:g was not made: its content has 1000001 characters; expected at most 1000000");
            Node.await(good);
            node.append(new Draft(Node.GROUP, null, new UserId("a"), "a", true, null, most, "{}"));
            assertThat(node.log()).containsExactly("good", most);
        }
    }

    @Test
    default void muchThatIsToGoGoesInParts() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            List<CompletableFuture<Receipt>> all =
                    IntStream.range(0, 2_500).mapToObj(i -> node.begin("m" + i)).toList();
            all.forEach(CompletableFuture::join);
        }

        Retention ten = new Retention(10, Duration.ofDays(1), 1 << 20);
        try (Node node = new Node(source, settings -> settings.retention(ten))) {
            node.say("next");
            long left = number(source, "SELECT COUNT(*) FROM im_entry");
            IntStream.range(0, 3).forEach(i -> node.say("more"));

            assertThat(left).as("entries after one append").isBetween(1_400L, 1_600L);
            assertThat(node.readAll().entries()).hasSize(10);
            assertThat(node.readAll().status()).isEqualTo(Slice.Status.TRIMMED);
            assertThat(number(source, "SELECT COUNT(*) FROM im_entry")).isEqualTo(10);
            assertThat(number(source, "SELECT bytes FROM im_conversation"))
                    .isEqualTo(node.readAll().entries().stream()
                            .mapToLong(Message::weight)
                            .sum());
        }
    }

    /** By ranges of keys, so that a page costs the same wherever it is. */
    @Test
    default void statementsOfReadsAndAppendsGoByTheirKeys() throws SQLException {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            List<CompletableFuture<Receipt>> all =
                    IntStream.range(0, 3_000).mapToObj(i -> node.begin("m" + i)).toList();
            all.forEach(CompletableFuture::join);
        }
        run(source, "ANALYZE");
        try (Connection connection = source.getConnection()) {
            for (String select : List.of(Sql.ENTRIES, Sql.WEIGHTS)) {
                assertThat(plan(connection, select, "g:g", 1_000L, 1_020L))
                        .as(select)
                        .containsIgnoringCase("seq >=")
                        .containsIgnoringCase("seq <=")
                        .satisfies(DatabaseRules::goesByKey);
            }
            assertThat(plan(connection, Sql.UNREAD, "g:g", 1_000L, 3_000L, "b", 999))
                    .as(Sql.UNREAD)
                    .containsIgnoringCase("seq >=")
                    .containsIgnoringCase("seq <=")
                    .satisfies(DatabaseRules::goesByKey)
                    .satisfies(DatabaseRules::goesInOrderOfAKey);
            Object ids = connection.createArrayOf("VARCHAR", new Object[] {"a", "b"});
            assertThat(plan(connection, Sql.ONCE, ids)).as(Sql.ONCE).satisfies(DatabaseRules::goesByKey);
            assertThat(plan(connection, Sql.EXPIRE_ONCE, 5L))
                    .as(Sql.EXPIRE_ONCE)
                    .containsIgnoringCase("im_once_said_at");
        }
    }

    /** In the order of an index, so that it ends at the limit: no sorting of all there is. */
    static void goesInOrderOfAKey(String plan) {
        assertThat(plan).doesNotContain("Sort Key").containsPattern("index sorted|Index (Only )?Scan");
    }

    private static void goesByKey(String plan) {
        assertThat(plan).doesNotContain("tableScan").doesNotContain("Seq Scan").containsPattern("PRIMARY_KEY_|_pkey");
    }

    static String plan(Connection connection, String statement, Object... parameters) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + statement)) {
            for (int i = 0; i < parameters.length; i++) {
                explain.setObject(i + 1, parameters[i]);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @Test
    default void idsAreForgottenAfterTheWindow() {
        DataSource source = database();
        try (Node node = new Node(source, settings -> settings.dedupeWindow(Duration.ofMillis(500)))) {
            node.begin("one").join();
            assertThat(number(source, "SELECT COUNT(*) FROM im_once")).isEqualTo(1);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(number(source, "SELECT COUNT(*) FROM im_once"))
                            .isZero());
        }
    }

    @Test
    default void secondBrokerIsRefusedWhileTheFirstLives() {
        DataSource source = database();
        try (Node first = Node.on(source)) {
            assertThatThrownBy(() -> Node.on(source))
                    .isInstanceOf(ImException.class)
                    .hasMessageContaining("in use by another broker")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            first.say("still there");
        }
    }

    @Test
    default void whoHasLostTheDatabaseWritesNoMore() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            node.say("one");
            run(source, "UPDATE im_broker SET owner = 'another'");

            assertThat(Node.failure(node.broker.publish(Drafts.say(Node.GROUP, "a", "two"))))
                    .startsWith("append to g:g was not made: the database has been taken by another broker, another;");
            assertThat(Node.failure(node.broker.probe())).contains("taken by another broker");
            assertThat(node.log()).containsExactly("one");
        }
    }

    @Test
    default void tablesOfANewerVersionAreRefused() {
        DataSource source = database();
        Node.on(source).close();
        run(source, "UPDATE im_broker SET version = 2");

        assertThatThrownBy(() -> Node.on(source))
                .isInstanceOf(ImException.class)
                .hasMessage("the tables are of version 2; expected 1, or none: a newer embedim has made them");
    }

    @Test
    default void whatHasNotBegunFailsAtTheEndAndTheRestIsThere() {
        DataSource source = database();
        List<CompletableFuture<Receipt>> all;
        try (Node node = Node.on(source)) {
            all = IntStream.range(0, 1_000).mapToObj(i -> node.begin("m" + i)).toList();
        }

        try (Node node = Node.on(source)) {
            List<String> log = node.log();
            assertThat(all).allSatisfy(one -> assertThat(one).isDone());
            List<CompletableFuture<Receipt>> failed = all.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .toList();
            assertThat(failed)
                    .allSatisfy(one -> assertThat(Node.failure(one))
                            .isEqualTo("append to g:g was not made: the broker is closed"));
            assertThat(log).hasSize(all.size() - failed.size());
        }
    }
}
