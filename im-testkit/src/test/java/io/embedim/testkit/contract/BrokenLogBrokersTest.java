package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ThreadRuntime;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each log broker breaks one rule, and the contract says which. */
class BrokenLogBrokersTest {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "forgets ids",
                        BrokenLogBrokers.ForgetsIds::new,
                        LogBrokerContract::repetitionIsAnsweredWithTheFirstReceiptAndNotAppended,
                        "H2: receipt of a repetition"),
                row(
                        "knows ids without their hash",
                        BrokenLogBrokers.KnowsIdsWithoutTheirHash::new,
                        LogBrokerContract::sameIdForSomethingElseIsRefused,
                        "H2: another hash under the same id"),
                row(
                        "mixes up senders",
                        BrokenLogBrokers.KnowsIdsOfEverybody::new,
                        LogBrokerContract::sameIdOfAnotherSenderOrConversationIsNew,
                        "H2: the same id of another sender"),
                row(
                        "looks, and then appends",
                        BrokenLogBrokers.LooksAndThenAppends::new,
                        LogBrokerContract::ofRepetitionsAtOnceOneIsAppended,
                        "H2: first receipts of 8 at once"),
                row(
                        "forgets ids with their messages",
                        BrokenLogBrokers.ForgetsIdsWithTheirMessages::new,
                        LogBrokerContract::idIsKnownWhenItsMessageIsThereNoMore,
                        "H3: a repetition of what retention let go of"),
                row(
                        "believes any epoch",
                        BrokenLogBrokers.BelievesAnyEpoch::new,
                        LogBrokerContract::positionIsJudgedByEpochPlaceAndMid,
                        "H4: another epoch"),
                row(
                        "never looks at mids",
                        BrokenLogBrokers.NeverLooksAtMids::new,
                        LogBrokerContract::positionIsJudgedByEpochPlaceAndMid,
                        "H4: another mid at its place"),
                row(
                        "never looks at the mid below the floor",
                        BrokenLogBrokers.NeverLooksAtMids::new,
                        LogBrokerContract::positionAtTheFloorIsJudgedByTheMidBelowIt,
                        "H4: one below the floor, another mid"),
                row(
                        "skips an entry",
                        BrokenLogBrokers.SkipsEntries::new,
                        LogBrokerContract::pagesAreContiguousAndBounded,
                        "H5: places in pages"),
                row(
                        "never says that there is more",
                        BrokenLogBrokers.NeverSaysMore::new,
                        LogBrokerContract::pagesAreContiguousAndBounded,
                        "H5: statuses of pages"),
                row(
                        "keeps all",
                        BrokenLogBrokers.KeepsAll::new,
                        LogBrokerContract::asManyEntriesAsWereAskedForAreKept,
                        "H6: of ten, three are kept"),
                row(
                        "keeps all bytes",
                        BrokenLogBrokers.KeepsAll::new,
                        LogBrokerContract::asManyBytesAsWereAskedForAreKept,
                        "H6: bytes for three"),
                row(
                        "lets go while reading",
                        BrokenLogBrokers.HidesWhatIsOldInReads::new,
                        LogBrokerContract::oldEntriesGoWithTheNextAppend,
                        "H6: an old entry, before an append"),
                row(
                        "edits any revision",
                        BrokenLogBrokers.EditsAnyRevision::new,
                        LogBrokerContract::editThatDoesNotFitIsRefusedAndLeavesNothing,
                        "H7: an edit of an old revision"),
                row(
                        "recalls for anybody",
                        BrokenLogBrokers.RecallsForAnybody::new,
                        LogBrokerContract::recallOfAnothersWordsNeedsTheRight,
                        "H7: a recall of another's words"),
                row(
                        "serves messages as they were said",
                        BrokenLogBrokers.ServesRecalledWords::new,
                        LogBrokerContract::editedMessageIsReadAsItIsByThen,
                        "H8: words after two edits"),
                row(
                        "serves recalled words",
                        BrokenLogBrokers.ServesRecalledWords::new,
                        LogBrokerContract::wordsOfARecalledMessageAreNowhere,
                        "H8: words of a recalled message"),
                row(
                        "serves edits of recalled words",
                        BrokenLogBrokers.ServesEditsOfRecalledWords::new,
                        LogBrokerContract::wordsOfARecalledMessageAreNowhere,
                        "H8: words of a recalled message"),
                row(
                        "has no fences",
                        BrokenLogBrokers.HasNoFences::new,
                        LogBrokerContract::whatWasAllowedUnderAnotherMembershipIsRefused,
                        "H9: no log, no membership"),
                row(
                        "shows everything to members",
                        BrokenLogBrokers.ShowsEverythingToMembers::new,
                        LogBrokerContract::memberSeesFromItsAddingToItsRemoval,
                        "H10: what a member sees"),
                row(
                        "shows everything to strangers",
                        BrokenLogBrokers.ShowsEverythingToMembers::new,
                        LogBrokerContract::whoWasNeverAMemberSeesNothing,
                        "H10: one answer"),
                row(
                        "numbers refusals",
                        BrokenLogBrokers.NumbersRefusals::new,
                        LogBrokerContract::sameIdForSomethingElseIsRefused,
                        "H11: the log after a refusal"),
                row(
                        "makes a log of a refusal",
                        BrokenLogBrokers.NumbersRefusals::new,
                        LogBrokerContract::refusedWhereThereIsNoLogMakesNone,
                        "H11: a refusal makes no log"));
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(
            BiFunction<ImRuntime, Retention, LogBroker> broker, Consumer<LogBrokerContract> test, String message) {
        LogBrokerContract contract = retention -> broker.apply(runtime, retention);

        assertThatThrownBy(() -> test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static Arguments row(
            String name,
            BiFunction<ImRuntime, Retention, LogBroker> broker,
            Consumer<LogBrokerContract> test,
            String message) {
        return Arguments.of(Named.of(name, broker), test, message);
    }
}
