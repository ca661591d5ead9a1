package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The part of {@link LogBrokerContract} about reading: H1, H4, H5. */
public interface LogReading extends LogBrokerFactory {

    /** H1. */
    @Test
    default void whatWasPublishedAndAppendedIsReadAsItWasDelivered() {
        try (LogNode log = new LogNode(this)) {
            log.node().publish(log.words("a", "published"));
            log.say("b", "appended 😀");
            log.node().awaitHeard("two messages", heard -> heard.size() >= 2);

            Slice slice = log.readAll();

            assertThat(slice.entries())
                    .as("H1: entries read and delivered")
                    .isEqualTo(log.node().messages());
            assertThat(slice.status()).as("H4: all is read").isEqualTo(Status.OK);
            assertThat(slice.top())
                    .as("the top is the last entry's position")
                    .isEqualTo(slice.entries().get(1).position());
            assertThat(slice.floor()).as("the floor of a whole log").isEqualTo(1);
            assertThat(slice.floorPrev()).as("the mid below the floor").isEmpty();
        }
    }

    /** H4, H11: reading makes no log. */
    @Test
    default void whereNothingWasSaidNothingIsRead() {
        try (LogNode log = new LogNode(this)) {
            Slice fromStart = log.readAll();
            Slice last = log.read(Reading.last(log.conversation(), 10));
            Slice fromElsewhere = log.readAfter(new Position("e", 3, "m"));

            assertThat(List.of(fromStart, last))
                    .as("H4: a read where there is no log")
                    .containsOnly(new Slice(Status.OK, Position.START, 1, "", List.of()));
            assertThat(fromElsewhere.status())
                    .as("H4: a position where there is no log")
                    .isEqualTo(Status.RESET);
            assertThat(fromElsewhere.top()).as("H11: reading makes no log").isEqualTo(Position.START);
        }
    }

    /** H4. */
    @Test
    default void positionIsJudgedByEpochPlaceAndMid() {
        try (LogNode log = new LogNode(this)) {
            List<Receipt> said = log.sayMany(5);
            Position third = said.get(2).position();
            Position top = said.get(4).position();

            assertThat(LogNode.places(log.readAfter(third)))
                    .as("H4: behind a position")
                    .containsExactly(4L, 5L);
            assertThat(log.readAfter(top)).as("H4: at the top").satisfies(slice -> {
                assertThat(slice.status()).isEqualTo(Status.OK);
                assertThat(slice.entries()).isEmpty();
            });
            assertReset(log, "another epoch", new Position("other", 3, third.mid()));
            assertReset(log, "above the top", new Position(top.epoch(), 6, top.mid()));
            assertReset(log, "another mid at its place", new Position(third.epoch(), 3, top.mid()));
            assertReset(log, "another mid at the top", new Position(top.epoch(), 5, third.mid()));
        }
    }

    private static void assertReset(LogNode log, String what, Position position) {
        Slice slice = log.readAfter(position);
        assertThat(slice.status()).as("H4: %s", what).isEqualTo(Status.RESET);
        assertThat(slice.entries()).as("H4: entries with a reset").isEmpty();
    }

    /** H5. */
    @Test
    default void pagesAreContiguousAndBounded() {
        try (LogNode log = new LogNode(this)) {
            log.sayMany(10);

            List<Message> read = new ArrayList<>();
            List<Status> statuses = new ArrayList<>();
            Position position = Position.START;
            do {
                Slice page = log.read(Reading.after(log.conversation(), position, 4));
                assertThat(page.entries()).as("H5: size of a page").hasSizeBetween(1, 4);
                statuses.add(page.status());
                read.addAll(page.entries());
                position = read.get(read.size() - 1).position();
            } while (statuses.get(statuses.size() - 1) == Status.MORE && read.size() < 20);

            assertThat(statuses).as("H5: statuses of pages").containsExactly(Status.MORE, Status.MORE, Status.OK);
            assertThat(read)
                    .as("H5: places in pages")
                    .extracting(message -> message.position().seq())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 10).boxed().toList());
        }
    }

    /** H5. */
    @Test
    default void pageOfFewBytesHasOneEntry() {
        try (LogNode log = new LogNode(this)) {
            log.sayMany(3);
            long two = log.readAll().entries().stream()
                    .limit(2)
                    .mapToLong(Message::weight)
                    .sum();

            Slice small = log.read(
                    Reading.after(log.conversation(), Position.START, 10).withBytes(1));
            Slice larger = log.read(
                    Reading.after(log.conversation(), Position.START, 10).withBytes(two));
            Slice last = log.read(Reading.last(log.conversation(), 10).withBytes(1));

            assertThat(LogNode.places(small)).as("H5: at most one byte").containsExactly(1L);
            assertThat(small.status()).as("H5: there is more").isEqualTo(Status.MORE);
            assertThat(LogNode.places(larger)).as("H5: bytes for two").containsExactly(1L, 2L);
            assertThat(LogNode.places(last)).as("H5: the newest in one byte").containsExactly(3L);
        }
    }

    /** H5. */
    @Test
    default void newestAndOlderOnesAreReadBackwards() {
        try (LogNode log = new LogNode(this)) {
            String epoch = log.sayMany(10).get(0).position().epoch();

            Slice newest = log.read(Reading.last(log.conversation(), 4));
            Slice older = log.read(Reading.before(log.conversation(), epoch, 7, 4));
            Slice oldest = log.read(Reading.before(log.conversation(), epoch, 3, 4));
            Slice none = log.read(Reading.before(log.conversation(), epoch, 1, 4));
            Slice elsewhere = log.read(Reading.before(log.conversation(), "other", 3, 4));

            assertThat(LogNode.places(newest)).as("H5: the newest four").containsExactly(7L, 8L, 9L, 10L);
            assertThat(LogNode.places(older)).as("H5: four below 7").containsExactly(3L, 4L, 5L, 6L);
            assertThat(LogNode.places(oldest)).as("H5: those below 3").containsExactly(1L, 2L);
            assertThat(none.entries()).as("H5: below 1").isEmpty();
            assertThat(List.of(newest.status(), older.status(), oldest.status(), none.status()))
                    .as("H5: whether there is more below")
                    .containsExactly(Status.MORE, Status.MORE, Status.OK, Status.OK);
            assertThat(elsewhere.status()).as("H4: another epoch").isEqualTo(Status.RESET);
        }
    }

    /** H1: conversations are apart. */
    @Test
    default void pairIsReadByItself() {
        try (LogNode log = new LogNode(this)) {
            log.say("a", "to all");
            log.appended(log.node().toUser("a", "b", "there"));
            log.appended(log.node().toUser("b", "a", "back"));

            Slice pair =
                    log.read(Reading.after(ConversationId.between(log.user("b"), log.user("a")), Position.START, 10));

            assertThat(LogNode.contents(pair)).as("H1: a pair's log").containsExactly("there", "back");
            assertThat(pair.entries())
                    .as("H1: recipients in a pair's log")
                    .extracting(message -> message.draft().recipient())
                    .containsExactly(log.user("b"), log.user("a"));
        }
    }
}
