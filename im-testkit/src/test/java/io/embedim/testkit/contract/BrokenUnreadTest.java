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

/** Each log broker counts wrongly, and the contract says where. */
class BrokenUnreadTest {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "counts the user's own",
                        BrokenUnread.CountsTheUsersOwn::new,
                        LogUnread::unreadIsWhatOthersSaidBehindThePosition,
                        "H12: behind nothing"),
                row(
                        "subtracts numbers",
                        BrokenUnread.SubtractsNumbers::new,
                        LogUnread::unreadIsWhatOthersSaidBehindThePosition,
                        "H12: behind nothing"),
                row(
                        "counts what is there no more",
                        BrokenUnread.SubtractsNumbers::new,
                        LogUnread::whatIsThereNoMoreIsNotUnread,
                        "H12, H6: of nine behind it, three are left"),
                row(
                        "counts every entry",
                        BrokenUnread.CountsEveryEntry::new,
                        LogUnread::editsRecallsAndMembersAreNotUnread,
                        "H12: of an edited, a recalled and four other entries"),
                row(
                        "counts recalled words",
                        BrokenUnread.CountsRecalledWords::new,
                        LogUnread::editsRecallsAndMembersAreNotUnread,
                        "H12: of an edited, a recalled and four other entries"),
                row(
                        "ignores the limit",
                        BrokenUnread.IgnoresTheLimit::new,
                        LogUnread::unreadIsCountedUpToTheLimit,
                        "H12: at most five"),
                row(
                        "looks at as many entries as it may count",
                        BrokenUnread.LooksAtAsManyEntriesAsItMayCount::new,
                        LogUnread::unreadIsCountedUpToTheLimit,
                        "H12: at most five"),
                row(
                        "looks at one page",
                        BrokenUnread.LooksAtOnePage::new,
                        LogUnread::unreadIsCountedFarBehindThePosition,
                        "H12: one behind 600 of the user's own"),
                row(
                        "counts nothing where the position does not fit",
                        BrokenUnread.CountsNothingWhereThePositionDoesNotFit::new,
                        LogUnread::positionThatDoesNotFitCountsFromTheFirst,
                        "H12: another epoch"),
                row(
                        "never looks at mids",
                        BrokenUnread.NeverLooksAtMids::new,
                        LogUnread::positionThatDoesNotFitCountsFromTheFirst,
                        "H12: another mid"),
                row(
                        "counts everything for members",
                        BrokenUnread.CountsEverythingForMembers::new,
                        LogUnread::memberCountsWhatItSees,
                        "H12, H10: what a member has not read"),
                row(
                        "counts a group without membership",
                        BrokenUnread.CountsAGroupWithoutMembership::new,
                        LogUnread::pairIsCountedWhollyAndAGroupByMembership,
                        "H12: in a group, a member"),
                row(
                        "counts pairs by membership",
                        BrokenUnread.CountsPairsByMembership::new,
                        LogUnread::pairIsCountedWhollyAndAGroupByMembership,
                        "H12: in a pair"));
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(
            BiFunction<ImRuntime, Retention, LogBroker> broker, Consumer<LogUnread> test, String message) {
        LogUnread contract = retention -> broker.apply(runtime, retention);

        assertThatThrownBy(() -> test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static Arguments row(
            String name, BiFunction<ImRuntime, Retention, LogBroker> broker, Consumer<LogUnread> test, String message) {
        return Arguments.of(Named.of(name, broker), test, message);
    }
}
