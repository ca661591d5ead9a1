package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Draft;
import io.embedim.conversation.Fence;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Slice.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link LogBrokerContract} about members: H9 and H10. */
public interface LogMembers extends LogBrokerFactory {

    /** H9. */
    @Test
    default void whatWasAllowedUnderAnotherMembershipIsRefused() {
        try (LogNode log = new LogNode(this)) {
            Draft underOne = log.words("m", "under 1").fenced(new Fence(log.user("m"), 1));
            Outcome noLog = log.append(underOne);
            log.say("a", "before");
            Outcome never = log.append(underOne);
            log.appended(log.addMember("m", 1));
            log.appended(underOne);
            log.appended(log.removeMember("m"));
            Outcome ended = log.append(underOne);
            log.appended(log.addMember("m", 4));
            Outcome old = log.append(underOne);
            log.appended(log.words("m", "under 4").fenced(new Fence(log.user("m"), 4)));

            assertThat(List.of(noLog, never, ended, old))
                    .as("H9: no log, no membership, an ended one, another one")
                    .containsOnly(Refusal.NOT_A_MEMBER);
            assertThat(LogNode.contents(log.readAll()))
                    .as("H9, H11: the log")
                    .containsExactly("before", "", "under 1", "", "", "under 4");
        }
    }

    /** H9. */
    @Test
    default void anyMembershipThatHasNotEndedFitsAFenceOfAnyVersion() {
        try (LogNode log = new LogNode(this)) {
            Draft fenced = log.words("m", "as a member").fenced(new Fence(log.user("m"), Fence.ANY_VERSION));
            log.say("a", "before");
            Outcome never = log.append(fenced);
            log.appended(log.addMember("m", 3));
            log.appended(fenced);
            log.appended(log.removeMember("m"));

            assertThat(List.of(never, log.append(fenced)))
                    .as("H9: before the membership, and after it")
                    .containsOnly(Refusal.NOT_A_MEMBER);
            assertThat(LogNode.contents(log.readAll()))
                    .as("H9: the log")
                    .containsExactly("before", "", "as a member", "");
        }
    }

    /** H9: knowledge of a membership that is older than the log's changes nothing. */
    @Test
    default void olderMembershipIsNotAdded() {
        try (LogNode log = new LogNode(this)) {
            log.appended(log.addMember("m", 3));

            assertThat(log.append(log.addMember("m", 3)))
                    .as("H9: the same membership again")
                    .isEqualTo(Refusal.REVISION_CHANGED);
            assertThat(log.append(log.addMember("m", 2))).as("H9: an older one").isEqualTo(Refusal.REVISION_CHANGED);
            assertThat(log.append(log.removeMember("n")))
                    .as("H9: the end of none")
                    .isEqualTo(Refusal.NOT_A_MEMBER);
        }
    }

    /** H10. */
    @Test
    default void memberSeesFromItsAddingToItsRemoval() {
        try (LogNode log = new LogNode(this)) {
            log.say("a", "before");
            Position added = log.appended(log.addMember("m", 1)).position();
            log.say("a", "in");
            Slice meanwhile = log.readAll(); // Only to see below that the member's view has a top of its own.
            Position removed = log.appended(log.removeMember("m")).position();
            log.say("a", "after");

            Slice seen = log.read(
                    Reading.after(log.conversation(), Position.START, 10).asSeenBy(log.user("m")));
            Slice last = log.read(Reading.last(log.conversation(), 10).asSeenBy(log.user("m")));
            Slice beyond = log.read(
                    Reading.after(log.conversation(), log.readAll().top(), 10).asSeenBy(log.user("m")));

            assertThat(LogNode.places(seen)).as("H10: what a member sees").containsExactly(2L, 3L, 4L);
            assertThat(seen.status()).as("H10: nothing of the member's is gone").isEqualTo(Status.OK);
            assertThat(seen.top()).as("H10: the member's top").isEqualTo(removed);
            assertThat(seen.floor()).as("H10: the member's floor").isEqualTo(added.seq());
            assertThat(seen.floorPrev())
                    .as("H10: the mid below the member's floor")
                    .isEqualTo(LogNode.entry(meanwhile, 1).position().mid());
            assertThat(LogNode.places(last))
                    .as("H10: the newest that a member sees")
                    .containsExactly(2L, 3L, 4L);
            assertThat(beyond.status())
                    .as("H10: a position above the member's top")
                    .isEqualTo(Status.RESET);
        }
    }

    /** H10. */
    @Test
    default void memberThatComesBackSeesWhatComesThen() {
        try (LogNode log = new LogNode(this)) {
            log.appended(log.addMember("m", 1));
            Position first = log.appended(log.words("a", "in")).position();
            log.appended(log.removeMember("m"));
            log.say("a", "absent");
            log.appended(log.addMember("m", 2));
            log.say("a", "back");

            Slice seen = log.read(Reading.after(log.conversation(), first, 10).asSeenBy(log.user("m")));

            assertThat(seen.status())
                    .as("H10: a position of the first time: a visible gap")
                    .isEqualTo(Status.TRIMMED);
            assertThat(LogNode.contents(seen))
                    .as("H10: from the second adding on")
                    .containsExactly("", "back");
        }
    }

    /** H10. */
    @Test
    default void whoWasNeverAMemberSeesNothing() {
        try (LogNode log = new LogNode(this)) {
            Slice noLog = log.read(Reading.last(log.conversation(), 10).asSeenBy(log.user("x")));
            log.say("a", "words");
            Slice stranger = log.read(Reading.last(log.conversation(), 10).asSeenBy(log.user("x")));

            assertThat(List.of(noLog, stranger))
                    .as("H10: one answer, whether there is something or not")
                    .containsOnly(new Slice(Status.GONE, Position.START, 1, "", List.of()));
        }
    }

    /** H10, H6. */
    @Test
    default void memberKnowsThatEntriesAreThereNoMore() {
        try (LogNode log = new LogNode(this, new Retention(2, Duration.ofDays(1), 1 << 20))) {
            log.appended(log.addMember("m", 1));
            log.sayMany(3);

            Slice seen = log.read(
                    Reading.after(log.conversation(), Position.START, 10).asSeenBy(log.user("m")));

            assertThat(seen.status()).as("H4: some of the member's is gone").isEqualTo(Status.TRIMMED);
            assertThat(LogNode.places(seen)).as("H6: what is left").containsExactly(3L, 4L);
        }
    }
}
