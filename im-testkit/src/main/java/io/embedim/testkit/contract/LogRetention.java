package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link LogBrokerContract} about what is there no more: H6, and H4 at the floor. */
public interface LogRetention extends LogBrokerFactory {

    /** H6. */
    @Test
    default void asManyEntriesAsWereAskedForAreKept() {
        try (LogNode log = new LogNode(this, new Retention(3, Duration.ofDays(1), 1 << 20))) {
            List<Receipt> said = log.sayMany(10);

            Slice slice = log.readAll();

            assertThat(LogNode.places(slice)).as("H6: of ten, three are kept").containsExactly(8L, 9L, 10L);
            assertThat(slice.status())
                    .as("H4: nothing read yet, and some is gone")
                    .isEqualTo(Status.TRIMMED);
            assertThat(slice.floor()).as("H6: the floor").isEqualTo(8);
            assertThat(slice.floorPrev())
                    .as("H6: the mid below the floor")
                    .isEqualTo(said.get(6).position().mid());
            assertThat(log.read(Reading.last(log.conversation(), 10)).status())
                    .as("H5: nothing more below the floor")
                    .isEqualTo(Status.OK);
        }
    }

    /** H4. */
    @Test
    default void positionAtTheFloorIsJudgedByTheMidBelowIt() {
        try (LogNode log = new LogNode(this, new Retention(3, Duration.ofDays(1), 1 << 20))) {
            List<Receipt> said = log.sayMany(10);
            Position seventh = said.get(6).position();

            Slice right = log.readAfter(seventh);
            Slice wrong = log.readAfter(
                    new Position(seventh.epoch(), 7, said.get(5).position().mid()));
            Slice lower = log.readAfter(said.get(5).position());

            assertThat(right.status()).as("H4: one below the floor").isEqualTo(Status.OK);
            assertThat(LogNode.places(right)).as("H4: one below the floor").containsExactly(8L, 9L, 10L);
            assertThat(wrong.status())
                    .as("H4: one below the floor, another mid")
                    .isEqualTo(Status.RESET);
            assertThat(lower.status()).as("H4: further below the floor").isEqualTo(Status.TRIMMED);
            assertThat(LogNode.places(lower)).as("H4: what is left").containsExactly(8L, 9L, 10L);
        }
    }

    /** H6: a broker that keeps nothing still knows where its log stands. */
    @Test
    default void logOfNothingStillJudgesPositions() {
        try (LogNode log = new LogNode(this, Retention.NONE)) {
            List<Receipt> said = log.sayMany(2);
            Position first = said.get(0).position();
            Position top = said.get(1).position();

            assertThat(log.readAfter(top).status()).as("H4: at the top").isEqualTo(Status.OK);
            assertThat(log.readAfter(first).status()).as("H4: below the floor").isEqualTo(Status.TRIMMED);
            assertThat(log.readAfter(new Position(top.epoch(), 2, first.mid())).status())
                    .as("H4: another mid at the top")
                    .isEqualTo(Status.RESET);
            assertThat(log.readAll().floor())
                    .as("H6: the floor is the next place")
                    .isEqualTo(3);
        }
    }

    /** H6. */
    @Test
    default void asManyBytesAsWereAskedForAreKept() {
        long one;
        try (LogNode log = new LogNode(this)) {
            log.say("a", "x".repeat(100));
            one = log.readAll().entries().get(0).weight();
        }
        try (LogNode log = new LogNode(this, new Retention(1_000, Duration.ofDays(1), 3 * one))) {
            for (int i = 0; i < 10; i++) {
                log.say("a", "x".repeat(100));
            }

            assertThat(LogNode.places(log.readAll())).as("H6: bytes for three").containsExactly(8L, 9L, 10L);
        }
    }

    /** H6: what is too old goes with an append, and not before. */
    @Test
    default void oldEntriesGoWithTheNextAppend() {
        Duration age = Duration.ofMillis(300);
        try (LogNode log = new LogNode(this, new Retention(1_000, age, 1 << 20))) {
            log.say("a", "old");
            Stages.pass(age.plusMillis(200));
            Slice before = log.readAll();

            log.say("a", "new");

            assertThat(LogNode.contents(before))
                    .as("H6: an old entry, before an append")
                    .containsExactly("old");
            assertThat(LogNode.contents(log.readAll()))
                    .as("H6: an old entry, after an append")
                    .containsExactly("new");
        }
    }
}
