package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.EntryRef;
import io.embedim.conversation.Message;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link LogBrokerContract} about edits and recalls: H7, H8, and H11 for them. */
public interface LogChanges extends LogBrokerFactory {

    /** H7, H8. */
    @Test
    default void editedMessageIsReadAsItIsByThen() {
        try (LogNode log = new LogNode(this)) {
            EntryRef target = log.say("a", "frist");
            log.say("b", "second");
            log.appended(log.edit("a", target, 0, "first"));
            log.appended(log.edit("a", target, 1, "1st"));
            log.node().awaitHeard("four entries", heard -> heard.size() >= 4);

            Slice slice = log.readAll();
            Message edited = LogNode.entry(slice, 1);

            assertThat(edited.draft().content()).as("H8: words after two edits").isEqualTo("1st");
            assertThat(edited.revision()).as("H7: revision after two edits").isEqualTo(2);
            assertThat(edited.ref()).as("H7: an edited message keeps its name").isEqualTo(target);
            assertThat(edited.draft().sender()).as("H7: and its sender").isEqualTo(log.user("a"));
            assertThat(edited.recalled()).as("H7: an edit is no recall").isFalse();
            assertThat(log.node().messages().subList(2, 4))
                    .as("H7: revisions of edits, as delivered")
                    .extracting(Message::revision)
                    .containsExactly(1L, 2L);
            assertThat(log.node().messages().get(3).draft().content())
                    .as("H7: an edit is delivered with its words")
                    .isEqualTo("1st");
        }
    }

    /** H7, H11. */
    @Test
    default void editThatDoesNotFitIsRefusedAndLeavesNothing() {
        try (LogNode log = new LogNode(this)) {
            EntryRef target = log.say("a", "words");
            EntryRef edit = LogNode.ref(
                    log.appended(log.edit("a", target, 0, "other words")).position());
            EntryRef wrongMid = new EntryRef(target.seq(), edit.mid());

            assertThat(log.append(log.edit("a", target, 0, "late")))
                    .as("H7: an edit of an old revision")
                    .isEqualTo(Refusal.REVISION_CHANGED);
            assertThat(log.append(log.edit("b", target, 1, "not mine")))
                    .as("H7: an edit of another's words")
                    .isEqualTo(Refusal.NOT_YOURS);
            assertThat(log.append(log.edit("a", wrongMid, 1, "wrong")))
                    .as("H7: an edit of another mid at that place")
                    .isEqualTo(Refusal.NO_SUCH_MESSAGE);
            assertThat(log.append(log.edit("a", new EntryRef(9, "m"), 0, "nothing")))
                    .as("H7: an edit above the top")
                    .isEqualTo(Refusal.NO_SUCH_MESSAGE);
            assertThat(log.append(log.edit("a", edit, 0, "edit of an edit")))
                    .as("H7: an edit of an edit")
                    .isEqualTo(Refusal.NO_SUCH_MESSAGE);
            assertThat(LogNode.contents(log.readAll()))
                    .as("H11: the log after refusals")
                    .containsExactly("other words", "other words");
        }
    }

    /** H8. */
    @Test
    default void wordsOfARecalledMessageAreNowhere() {
        try (LogNode log = new LogNode(this)) {
            EntryRef target = log.say("a", "secret");
            log.appended(log.edit("a", target, 0, "secret too"));
            log.appended(log.recall("a", target, 1, false));

            Slice all = log.readAll();
            List<Slice> reads = List.of(all, log.read(Reading.last(log.conversation(), 10)));
            Message recalled = LogNode.entry(all, 1);

            assertThat(reads)
                    .allSatisfy(slice -> assertThat(slice.entries())
                            .as("H8: words of a recalled message in what is read")
                            .hasSize(3)
                            .noneMatch(entry -> entry.draft().content().contains("secret")
                                    || entry.draft().json().contains("secret")));
            assertThat(recalled.recalled()).as("H8: a recalled message says so").isTrue();
            assertThat(recalled.revision())
                    .as("H7: revision of a recalled message")
                    .isEqualTo(2);
            assertThat(recalled.ref()).as("H8: it keeps its name").isEqualTo(target);
            assertThat(recalled.draft().sender()).as("H8: and its sender").isEqualTo(log.user("a"));
        }
    }

    /** H7. */
    @Test
    default void recalledMessageIsChangedNoMore() {
        try (LogNode log = new LogNode(this)) {
            EntryRef target = log.say("a", "words");
            log.appended(log.recall("a", target, 0, false));

            assertThat(log.append(log.edit("a", target, 1, "back")))
                    .as("H7: an edit of a recalled message")
                    .isEqualTo(Refusal.RECALLED);
            assertThat(log.append(log.recall("a", target, 1, false)))
                    .as("H7: a recall of a recalled message")
                    .isEqualTo(Refusal.RECALLED);
        }
    }

    /** H7. */
    @Test
    default void recallOfAnothersWordsNeedsTheRight() {
        try (LogNode log = new LogNode(this)) {
            EntryRef target = log.say("a", "words");

            assertThat(log.append(log.recall("b", target, 0, false)))
                    .as("H7: a recall of another's words")
                    .isEqualTo(Refusal.NOT_YOURS);
            log.appended(log.recall("b", target, 0, true));

            assertThat(LogNode.entry(log.readAll(), 1).recalled())
                    .as("H7: a recall by who may")
                    .isTrue();
        }
    }

    /** H7, H6. */
    @Test
    default void whatIsThereNoMoreCannotBeChanged() {
        try (LogNode log = new LogNode(this, new Retention(2, Duration.ofDays(1), 1 << 20))) {
            EntryRef target = log.say("a", "old");
            log.sayMany(2);

            assertThat(log.append(log.edit("a", target, 0, "new")))
                    .as("H7: an edit below the floor")
                    .isEqualTo(Refusal.NO_SUCH_MESSAGE);
        }
    }

    /** H7, H6: an edit whose own append lets go of its target is an entry all the same. */
    @Test
    default void editThatPushesItsTargetOutIsAnEntry() {
        try (LogNode log = new LogNode(this, new Retention(2, Duration.ofDays(1), 1 << 20))) {
            EntryRef target = log.say("a", "old");
            log.say("a", "other");
            log.appended(log.edit("a", target, 0, "new"));

            assertThat(LogNode.contents(log.readAll()))
                    .as("H6: two entries are kept")
                    .containsExactly("other", "new");
        }
    }

    /** H11. */
    @Test
    default void refusedWhereThereIsNoLogMakesNone() {
        try (LogNode log = new LogNode(this)) {
            assertThat(log.append(log.edit("a", new EntryRef(1, "m"), 0, "x")))
                    .as("H7: an edit where there is no log")
                    .isEqualTo(Refusal.NO_SUCH_MESSAGE);
            assertThat(log.readAll().top().seq())
                    .as("H11: a refusal makes no log")
                    .isZero();
            assertThat(log.readAll().top().epoch())
                    .as("H11: a refusal makes no epoch")
                    .isEmpty();
        }
    }
}
