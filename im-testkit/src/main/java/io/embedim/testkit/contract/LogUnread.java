package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Retention;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link LogBrokerContract} about what has not been read yet: H12. */
public interface LogUnread extends LogBrokerFactory {

    /** H12. */
    @Test
    default void unreadIsWhatOthersSaidBehindThePosition() {
        try (LogNode log = new LogNode(this)) {
            int noLog = log.unread("u", Position.START, 999);
            log.say("a", "one");
            Position read = log.appended(log.words("a", "two")).position();
            log.say("u", "own");
            log.say("a", "three");
            log.say("b", "four");
            Position top = log.appended(log.words("u", "own again")).position();

            assertThat(noLog).as("H12: where there is no log").isZero();
            assertThat(log.unread("u", Position.START, 999))
                    .as("H12: behind nothing")
                    .isEqualTo(4);
            assertThat(log.unread("u", read, 999)).as("H12: behind the second").isEqualTo(2);
            assertThat(log.unread("u", top, 999)).as("H12: behind the last").isZero();
            assertThat(log.unread("b", read, 999)).as("H12: for another user").isEqualTo(3);
        }
    }

    /** H12. */
    @Test
    default void editsRecallsAndMembersAreNotUnread() {
        try (LogNode log = new LogNode(this)) {
            EntryRef edited = log.say("a", "edited");
            EntryRef recalled = log.say("a", "recalled");
            log.appended(log.edit("a", edited, 0, "other words"));
            log.appended(log.recall("a", recalled, 0, false));
            log.appended(log.addMember("m", 1));
            log.appended(log.removeMember("m"));

            assertThat(log.unread("u", Position.START, 999))
                    .as("H12: of an edited, a recalled and four other entries")
                    .isEqualTo(1);
        }
    }

    /** H12. */
    @Test
    default void unreadIsCountedUpToTheLimit() {
        try (LogNode log = new LogNode(this)) {
            log.say("u", "own");
            log.sayMany(12);

            assertThat(log.unread("u", Position.START, 5))
                    .as("H12: at most five")
                    .isEqualTo(5);
            assertThat(log.unread("u", Position.START, 12))
                    .as("H12: exactly as many")
                    .isEqualTo(12);
            assertThat(log.unread("u", Position.START, 13))
                    .as("H12: one more than there are")
                    .isEqualTo(12);
        }
    }

    /** H12, W1. */
    @Test
    default void positionThatDoesNotFitCountsFromTheFirst() {
        try (LogNode log = new LogNode(this)) {
            log.say("a", "one");
            Position second = log.appended(log.words("a", "two")).position();
            log.say("a", "three");

            assertThat(log.unread("u", new Position("other", 2, second.mid()), 999))
                    .as("H12: another epoch")
                    .isEqualTo(3);
            assertThat(log.unread("u", new Position(second.epoch(), 2, "other"), 999))
                    .as("H12: another mid")
                    .isEqualTo(3);
            assertThat(log.unread("u", new Position(second.epoch(), 9, second.mid()), 999))
                    .as("H12: above the top")
                    .isEqualTo(3);
        }
    }

    /** H12, H10. */
    @Test
    default void memberCountsWhatItSees() {
        try (LogNode log = new LogNode(this)) {
            log.say("a", "before");
            log.appended(log.addMember("m", 1));
            Position first = log.appended(log.words("a", "in")).position();
            log.say("a", "in as well");
            log.appended(log.removeMember("m"));
            log.say("a", "after");

            assertThat(log.unreadAsMember("m", Position.START, 999))
                    .as("H12, H10: what a member has not read")
                    .isEqualTo(2);
            assertThat(log.unreadAsMember("m", first, 999))
                    .as("H12, H10: behind the first that it saw")
                    .isEqualTo(1);
            assertThat(log.unreadAsMember("x", Position.START, 999))
                    .as("H12, H10: for who was never a member")
                    .isZero();
            assertThat(log.unread("m", Position.START, 999))
                    .as("H12: without the bounds of a membership")
                    .isEqualTo(4);
        }
    }

    /** H12: the usual bounds. */
    @Test
    default void pairIsCountedWhollyAndAGroupByMembership() {
        try (LogNode log = new LogNode(this)) {
            log.say("a", "to all");
            log.appended(log.addMember("b", 1));
            log.say("a", "to members");
            log.appended(log.node().toUser("a", "b", "there"));
            log.appended(log.node().toUser("b", "a", "back"));
            log.appended(log.node().toUser("a", "b", "there again"));
            ConversationId pair = ConversationId.between(log.user("b"), log.user("a"));

            assertThat(log.unread(pair, "b")).as("H12: in a pair").isEqualTo(2);
            assertThat(log.unread(pair, "a")).as("H12: in a pair, the other").isEqualTo(1);
            assertThat(log.unread(log.conversation(), "b"))
                    .as("H12: in a group, a member")
                    .isEqualTo(1);
            assertThat(log.unread(log.conversation(), "x"))
                    .as("H12: in a group, a stranger")
                    .isZero();
        }
    }

    /** H12, H6. */
    @Test
    default void whatIsThereNoMoreIsNotUnread() {
        try (LogNode log = new LogNode(this, new Retention(3, Duration.ofDays(1), 1 << 20))) {
            Position first = log.appended(log.words("a", "first")).position();
            log.sayMany(9);

            assertThat(log.unread("u", first, 999))
                    .as("H12, H6: of nine behind it, three are left")
                    .isEqualTo(3);
        }
    }

    /** H12, over more than a page of any implementation. */
    @Test
    default void unreadIsCountedFarBehindThePosition() {
        try (LogNode log = new LogNode(this)) {
            IntStream.range(0, 600).forEach(i -> log.say("u", "own"));
            log.say("a", "other");

            assertThat(log.unread("u", Position.START, 999))
                    .as("H12: one behind 600 of the user's own")
                    .isEqualTo(1);
            assertThat(log.unread(
                            "u", log.read(Reading.last(log.conversation(), 1)).top(), 999))
                    .as("H12: behind the top")
                    .isZero();
        }
    }
}
