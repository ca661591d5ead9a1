package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.Directory;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ThreadRuntime;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each directory breaks one rule, and the contract says which. */
class BrokenDirectoriesTest {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "counts each put",
                        BrokenDirectories.CountsEachPut::new,
                        DirectoryContract::putGivesAVersionAndARepetitionGivesTheSame,
                        "K1: a put that changes nothing"),
                row(
                        "keeps the first version",
                        BrokenDirectories.KeepsTheFirstVersion::new,
                        DirectoryContract::leavingAndComingBackEachGiveANewVersion,
                        "K1: versions"),
                row(
                        "takes groups for numbers",
                        BrokenDirectories.TakesGroupsForNumbers::new,
                        DirectoryContract::listsOfUsersAreApart,
                        "K1: \"0100\" and \"100\" are two groups"),
                row(
                        "hides what was left",
                        BrokenDirectories.HidesWhatWasLeft::new,
                        DirectoryContract::leavingAndComingBackEachGiveANewVersion,
                        "K3, K7: each conversation once, with its latest state"),
                row(
                        "hides what begins with leaving",
                        BrokenDirectories.HidesWhatWasLeft::new,
                        DirectoryContract::leavingIsAnEntryWhereThereWasNone,
                        "K1: an entry that begins with leaving"),
                row(
                        "shows what was before",
                        BrokenDirectories.ShowsWhatWasBefore::new,
                        DirectoryContract::leavingAndComingBackEachGiveANewVersion,
                        "K3, K7: each conversation once, with its latest state"),
                row(
                        "has one list for all",
                        BrokenDirectories.HasOneListForAll::new,
                        DirectoryContract::listsOfUsersAreApart,
                        "K2: a list of its own"),
                row(
                        "looks, then puts",
                        BrokenDirectories.LooksThenPuts::new,
                        DirectoryContract::putsAtOnceEachHaveAVersionAndTheSameChangeIsMadeOnce,
                        "K2: versions of 4 equal puts at once"),
                row(
                        "ignores the limit",
                        BrokenDirectories.IgnoresLimit::new,
                        DirectoryContract::pagesAreInOrderAndBounded,
                        "K3: size of a page"),
                row(
                        "never says that there is more",
                        BrokenDirectories.NeverSaysMore::new,
                        DirectoryContract::pagesAreInOrderAndBounded,
                        "K3: items in pages"),
                row(
                        "says that there is more where a page is full",
                        BrokenDirectories.AlwaysSaysMore::new,
                        DirectoryContract::pagesAreInOrderAndBounded,
                        "K3: a page of all there is"),
                row(
                        "gives the top as cursor",
                        BrokenDirectories.GivesTheTopAsCursor::new,
                        DirectoryContract::pagesAreInOrderAndBounded,
                        "K4: the cursor behind a page"),
                row(
                        "fills holes later",
                        BrokenDirectories.FillsHolesLater::new,
                        DirectoryContract::readerMissesNothingWhileOthersPut,
                        "K4: what a reader finds that follows its cursor"),
                row(
                        "believes any epoch",
                        BrokenDirectories.BelievesAnyEpoch::new,
                        DirectoryContract::cursorOfAnotherListIsResetAndTheListBeginsAnew,
                        "K5: another epoch"),
                row(
                        "believes any version",
                        BrokenDirectories.BelievesAnyVersion::new,
                        DirectoryContract::cursorOfAnotherListIsResetAndTheListBeginsAnew,
                        "K5: above the top"),
                row(
                        "resets with nothing",
                        BrokenDirectories.ResetsWithNothing::new,
                        DirectoryContract::cursorOfAnotherListIsResetAndTheListBeginsAnew,
                        "K5: another epoch"),
                row(
                        "resets nothing yet",
                        BrokenDirectories.ResetsNothingYet::new,
                        DirectoryContract::whereNothingWasPutNothingYetIsNoReset,
                        "K5, K6: nothing yet"));
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(
            Function<ImRuntime, Directory> directory, Consumer<DirectoryContract> test, String message) {
        DirectoryContract contract = () -> directory.apply(runtime);

        assertThatThrownBy(() -> test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static Arguments row(
            String name, Function<ImRuntime, Directory> directory, Consumer<DirectoryContract> test, String message) {
        return Arguments.of(Named.of(name, directory), test, message);
    }
}
