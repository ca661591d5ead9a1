package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Watermarks.Kind;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a database of either kind is used for beside the log, beyond the contracts. */
interface BookRules {

    UserId USER = new UserId("u");
    GroupId CLUB = new GroupId("club");

    /** An empty database. */
    DataSource database();

    @Test
    default void whatStandsBesideTheLogIsThereAfterReopening() {
        DataSource source = database();
        Instant until = Instant.parse("2031-02-03T04:05:06.123456789Z");
        ConversationId pair = ConversationId.between(new UserId("p:3:a\0\ud83d\ude00"), USER);
        DirectoryPage list;
        Marks marks;
        Membership membership;
        try (Node node = Node.on(source)) {
            Node.await(node.broker.directory().put(USER, pair, true));
            Node.await(node.broker.directory().put(USER, ConversationId.of(CLUB), false));
            list = Node.await(node.broker.directory().read(USER, "", 0, 10));
            Node.await(node.broker.watermarks().advance(USER, pair, Kind.RECV, new Position("e\0", 3, "m3")));
            marks = Node.await(node.broker.watermarks().advance(USER, pair, Kind.READ, new Position("e\0", 2, "m2")));
            membership = save(node, new Membership(USER, CLUB, Membership.Role.ADMIN, until, Instant.MAX, true, 0));
        }

        try (Node node = Node.on(source)) {
            assertThat(list.items()).extracting(Item::conversation).containsExactly(pair, ConversationId.of(CLUB));
            assertThat(Node.await(node.broker.directory().read(USER, "", 0, 10)))
                    .isEqualTo(list);
            assertThat(Node.await(node.broker.directory().read(USER, list.epoch(), list.version(), 10)))
                    .isEqualTo(new DirectoryPage(DirectoryPage.Status.OK, list.epoch(), list.version(), List.of()));
            assertThat(Node.await(node.broker.watermarks().find(USER, pair))).isEqualTo(marks);
            assertThat(Node.await(node.broker.watermarks().ofAll(pair, 2))).isEqualTo(Map.of(USER, marks));
            assertThat(Node.await(node.broker.memberships().find(USER, CLUB))).contains(membership);
            assertThat(membership.mutedUntil()).isEqualTo(until);
        }
    }

    @Test
    default void changesBesideTheLogShareTransactionsWithAppends() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            node.say("first");
            long before = DatabaseRules.number(source, "SELECT beat FROM im_broker");

            List<CompletableFuture<?>> all = IntStream.range(0, 640)
                    .<CompletableFuture<?>>mapToObj(i -> i % 2 == 0
                            ? node.begin("m" + i)
                            : node.broker
                                    .watermarks()
                                    .advance(USER, Node.GROUP, Kind.READ, new Position("e", i, "m" + i))
                                    .toCompletableFuture())
                    .toList();
            all.forEach(CompletableFuture::join);

            assertThat(DatabaseRules.number(source, "SELECT beat FROM im_broker") - before)
                    .as("transactions for 320 appends and 320 advances")
                    .isLessThan(100);
            assertThat(Node.await(node.broker.watermarks().find(USER, Node.GROUP))
                            .read())
                    .isEqualTo(new Position("e", 639, "m639"));
            node.assertHeardAsLogged();
        }
    }

    /** Most puts change nothing; they cost no commit. */
    @Test
    default void putThatChangesNothingIsNoTransaction() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            long version = Node.await(node.broker.directory().put(USER, Node.GROUP, true));
            DatabaseRules.run(source, "UPDATE im_broker SET owner = 'another'");

            assertThat(Node.await(node.broker.directory().put(USER, Node.GROUP, true)))
                    .isEqualTo(version);
        }
    }

    @Test
    default void whoHasLostTheDatabaseChangesNothingBesideTheLog() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            DatabaseRules.run(source, "UPDATE im_broker SET owner = 'another'");

            assertThat(Node.failure(node.broker.directory().put(USER, Node.GROUP, true)))
                    .startsWith(
                            "put of g:g for u was not made: the database has been taken by another broker, another;");
            assertThat(Node.failure(
                            node.broker.watermarks().advance(USER, Node.GROUP, Kind.READ, new Position("e", 1, "m"))))
                    .startsWith("advance of u in g:g was not made: the database has been taken");
            assertThat(Node.failure(node.broker.memberships().save(Membership.of(USER, CLUB, true))))
                    .startsWith("save of u in group club was not made: the database has been taken");
        }
    }

    @Test
    default void afterTheEndNothingIsChangedOrRead() {
        Node node = Node.on(database());
        node.close();

        assertThat(Node.failure(node.broker.directory().put(USER, Node.GROUP, true)))
                .isEqualTo("put of g:g for u was not tried: the broker is closed");
        assertThat(Node.failure(
                        node.broker.watermarks().advance(USER, Node.GROUP, Kind.READ, new Position("e", 1, "m"))))
                .isEqualTo("advance of u in g:g was not made: the broker is closed");
        assertThat(Node.failure(node.broker.unread(Reading.after(Node.GROUP, Position.START, 9), USER)))
                .isEqualTo("unread of u in g:g was not tried: the broker is closed");
    }

    @Test
    default void positionThatDoesNotFitIsRefusedAndSpoilsNothing() {
        try (Node node = Node.on(database())) {
            CompletableFuture<?> good = node.begin("good");

            assertThat(Node.failure(node.broker
                            .watermarks()
                            .advance(USER, Node.GROUP, Kind.READ, new Position("e".repeat(101), 1, "m"))))
                    .isEqualTo(
                            "advance of u in g:g was not made: its position has a longer epoch or mid than 100 characters");
            Node.await(good);
        }
    }

    /** As after a restore of some tables: nothing is given twice, and clients are told to begin anew. */
    @Test
    default void listWithoutItsHeadGoesOnBehindItsEntriesInANewEpoch() {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            Node.await(node.broker.directory().put(USER, Node.GROUP, true));
            DirectoryPage before = Node.await(node.broker.directory().read(USER, "", 0, 10));
            DatabaseRules.run(source, "DELETE FROM im_directory");

            DirectoryPage begun = Node.await(node.broker.directory().read(USER, before.epoch(), before.version(), 10));
            DirectoryPage nothingNew =
                    Node.await(node.broker.directory().read(USER, begun.epoch(), begun.version(), 10));
            DatabaseRules.run(source, "DELETE FROM im_directory");
            long next = Node.await(node.broker.directory().put(USER, ConversationId.of(CLUB), true));
            DirectoryPage after = Node.await(node.broker.directory().read(USER, before.epoch(), before.version(), 10));

            assertThat(begun.status()).isEqualTo(DirectoryPage.Status.RESET);
            assertThat(begun.epoch()).isNotEmpty().isNotEqualTo(before.epoch());
            assertThat(nothingNew.status()).as("the cursor that the reset gave").isEqualTo(DirectoryPage.Status.OK);
            assertThat(next).isEqualTo(before.version() + 1);
            assertThat(after.status()).isEqualTo(DirectoryPage.Status.RESET);
            assertThat(after.epoch()).isNotEqualTo(before.epoch());
            assertThat(after.items()).hasSize(2);
        }
    }

    /** Nobody is connected when a process begins. */
    @Test
    default void membershipsOfConnectionsEndWithTheProcess() {
        DataSource source = database();
        Instant until = Instant.parse("2031-02-03T04:05:06Z");
        Membership passing;
        Membership muted;
        Membership durable;
        try (Node node = Node.on(source)) {
            passing = save(node, save(node, Membership.of(new UserId("passing"), CLUB, false)));
            muted = save(
                    node,
                    Membership.of(new UserId("muted"), CLUB, false).with(Membership.Role.MEMBER, until, null, false));
            durable = save(node, Membership.of(USER, CLUB, true));
        }

        try (Node node = Node.on(source)) {
            assertThat(Node.await(node.broker.memberships().find(passing.user(), CLUB)))
                    .isEmpty();
            assertThat(Node.await(node.broker.memberships().find(muted.user(), CLUB)))
                    .contains(muted.with(Membership.Role.OUTSIDER, until, null, false)
                            .withVersion(muted.version() + 1));
            assertThat(Node.await(node.broker.memberships().find(USER, CLUB))).contains(durable);
            assertThat(save(node, Membership.of(passing.user(), CLUB, false)).version())
                    .as("M4: a version above that of the one that was ended")
                    .isGreaterThan(passing.version());
        }
    }

    /** So that a page of a long list costs no more than one of a short list. */
    @Test
    default void pagesOfListsGoInTheOrderOfAKey() throws SQLException {
        DataSource source = database();
        try (Node node = Node.on(source)) {
            List<CompletableFuture<Receipt>> all =
                    IntStream.range(0, 3_000).mapToObj(i -> node.begin("m" + i)).toList();
            all.forEach(CompletableFuture::join);
        }
        String series = " FROM im_entry";
        DatabaseRules.run(source, "INSERT INTO im_directory_entry SELECT 'u', 'g:' || seq, seq, TRUE" + series);
        DatabaseRules.run(
                source, "INSERT INTO im_mark SELECT 'g:g', 'u' || seq, 'e', seq, mid, 'e', seq, mid" + series);
        DatabaseRules.run(
                source, "INSERT INTO im_membership SELECT 'g', 'u' || seq, 'MEMBER', NULL, NULL, TRUE, 1" + series);
        DatabaseRules.run(
                source, "INSERT INTO im_membership SELECT 'g' || seq, 'u', 'MEMBER', NULL, NULL, TRUE, 1" + series);
        DatabaseRules.run(source, "ANALYZE");

        try (Connection connection = source.getConnection()) {
            assertThat(List.of(
                            DatabaseRules.plan(connection, Sql.LISTED_BEHIND, "u", 5L, 50),
                            DatabaseRules.plan(connection, Sql.MARKS_OF_ALL, "g:g", 50),
                            DatabaseRules.plan(connection, Sql.IN_GROUP, "g", "u", 50),
                            DatabaseRules.plan(connection, Sql.OF_USER, "u", "g", 50)))
                    .allSatisfy(DatabaseRules::goesInOrderOfAKey);
        }
    }

    private static Membership save(Node node, Membership membership) {
        return Node.await(node.broker.memberships().save(membership)).orElseThrow();
    }
}
