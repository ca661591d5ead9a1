package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Outcome;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link LogBrokerContract} about repetitions: H2, H3 and what H11 says of ids. */
public interface LogRepetitions extends LogBrokerFactory {

    /** H2. */
    @Test
    default void repetitionIsAnsweredWithTheFirstReceiptAndNotAppended() {
        try (LogNode log = new LogNode(this)) {
            Receipt first = log.appended(log.words("a", "one").once(LogNode.once("id1", "h")));
            Receipt again = log.appended(log.words("a", "one").once(LogNode.once("id1", "h")));
            log.say("a", "two");
            log.node().awaitHeard("two messages", heard -> heard.size() >= 2);

            assertThat(first.duplicate()).as("H2: the first is no duplicate").isFalse();
            assertThat(again)
                    .as("H2: receipt of a repetition")
                    .isEqualTo(new Receipt(first.position(), first.at(), true));
            assertThat(LogNode.contents(log.readAll())).as("H2: the log").containsExactly("one", "two");
            assertThat(log.node().messages())
                    .as("H2: what is delivered")
                    .extracting(message -> message.draft().content())
                    .containsExactly("one", "two");
        }
    }

    /** H2, H11. */
    @Test
    default void sameIdForSomethingElseIsRefused() {
        try (LogNode log = new LogNode(this)) {
            log.appended(log.words("a", "one").once(LogNode.once("id1", "h1")));

            Outcome other = log.append(log.words("a", "other").once(LogNode.once("id1", "h2")));

            assertThat(other).as("H2: another hash under the same id").isEqualTo(Refusal.ID_TAKEN);
            assertThat(LogNode.contents(log.readAll()))
                    .as("H11: the log after a refusal")
                    .containsExactly("one");
            assertThat(log.appended(log.words("a", "two")).position().seq())
                    .as("H11: the number after a refusal")
                    .isEqualTo(2);
        }
    }

    /** H2: ids are a sender's own, in one conversation. */
    @Test
    default void sameIdOfAnotherSenderOrConversationIsNew() {
        try (LogNode log = new LogNode(this)) {
            log.appended(log.words("a", "one").once(LogNode.once("id1", "h")));
            Receipt ofAnother = log.appended(log.words("b", "one").once(LogNode.once("id1", "h")));
            Receipt elsewhere = log.appended(log.node().toUser("a", "b", "one").once(LogNode.once("id1", "h")));

            assertThat(ofAnother.duplicate())
                    .as("H2: the same id of another sender")
                    .isFalse();
            assertThat(elsewhere.duplicate())
                    .as("H2: the same id in another conversation")
                    .isFalse();
        }
    }

    /** H2. */
    @Test
    default void ofRepetitionsAtOnceOneIsAppended() {
        try (LogNode log = new LogNode(this)) {
            List<Receipt> receipts = Stages.together(IntStream.range(0, 8)
                    .<Callable<Receipt>>mapToObj(
                            i -> () -> log.appended(log.words("a", "one").once(LogNode.once("id1", "h"))))
                    .toList());

            assertThat(receipts)
                    .as("H2: first receipts of 8 at once")
                    .filteredOn(receipt -> !receipt.duplicate())
                    .hasSize(1);
            assertThat(receipts)
                    .as("H2: their positions")
                    .extracting(Receipt::position)
                    .containsOnly(receipts.get(0).position());
            assertThat(LogNode.contents(log.readAll())).as("H2: the log").containsExactly("one");
        }
    }

    /** H2. */
    @Test
    default void findAnswersWithoutAppending() {
        try (LogNode log = new LogNode(this)) {
            assertThat(log.find("a", LogNode.once("id1", "h")))
                    .as("H2: an id that was never used, in no log")
                    .isEmpty();
            Receipt first = log.appended(log.words("a", "one").once(LogNode.once("id1", "h")));

            assertThat(log.find("a", LogNode.once("id1", "h")))
                    .as("H2: an id that was used")
                    .contains(new Receipt(first.position(), first.at(), true));
            assertThat(log.find("a", LogNode.once("id1", "other")))
                    .as("H2: the same id with another hash")
                    .contains(Refusal.ID_TAKEN);
            assertThat(log.find("b", LogNode.once("id1", "h")))
                    .as("H2: the same id of another sender")
                    .isEmpty();
            assertThat(log.find("a", LogNode.once("id2", "h")))
                    .as("H2: another id")
                    .isEmpty();
            assertThat(LogNode.contents(log.readAll())).as("H2: the log").containsExactly("one");
        }
    }

    /** H3. */
    @Test
    default void idIsKnownWhenItsMessageIsThereNoMore() {
        try (LogNode log = new LogNode(this, new Retention(1, Duration.ofDays(1), 1 << 20))) {
            Receipt first = log.appended(log.words("a", "one").once(LogNode.once("id1", "h")));
            log.sayMany(3);

            Receipt again = log.appended(log.words("a", "one").once(LogNode.once("id1", "h")));

            assertThat(again)
                    .as("H3: a repetition of what retention let go of")
                    .isEqualTo(new Receipt(first.position(), first.at(), true));
        }
    }

    /** H11. */
    @Test
    default void idOfARefusedAppendIsFree() {
        try (LogNode log = new LogNode(this)) {
            var target = log.say("a", "one");
            Outcome refused = log.append(log.edit("b", target, 0, "mine").once(LogNode.once("id1", "h")));

            Receipt taken = log.appended(log.words("b", "two").once(LogNode.once("id1", "h")));

            assertThat(refused).as("H7: an edit of another's words").isEqualTo(Refusal.NOT_YOURS);
            assertThat(taken.duplicate()).as("H11: the id of a refused append").isFalse();
        }
    }
}
