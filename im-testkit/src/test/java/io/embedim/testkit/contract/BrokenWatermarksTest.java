package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.Watermarks;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each breaks one rule, and the contract says which. */
class BrokenWatermarksTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "answers what it was given",
                        BrokenWatermarks.AnswersWhatItWasGiven::new,
                        WatermarksContract::markThatWasAdvancedIsFound,
                        "Q5: what a first advance answers"),
                row(
                        "goes back",
                        BrokenWatermarks.GoesBack::new,
                        WatermarksContract::markOnlyGrows,
                        "Q2: a lower position"),
                row(
                        "takes equal numbers",
                        BrokenWatermarks.TakesEqualNumbers::new,
                        WatermarksContract::markOnlyGrows,
                        "Q2: the same number with another mid"),
                row(
                        "looks at numbers alone",
                        BrokenWatermarks.LooksAtNumbersAlone::new,
                        WatermarksContract::positionOfAnotherEpochTakesTheOthersPlace,
                        "Q3: a received position of another epoch"),
                row(
                        "takes nothing for a position",
                        BrokenWatermarks.TakesNothingForAPosition::new,
                        WatermarksContract::positionOfAnotherEpochTakesTheOthersPlace,
                        "Q3: seq 0"),
                row(
                        "leaves received where it was",
                        BrokenWatermarks.LeavesReceivedWhereItWas::new,
                        WatermarksContract::readRaisesReceivedAndNotTheOtherWayRound,
                        "Q4: read raises received"),
                row(
                        "takes received for read",
                        BrokenWatermarks.TakesReceivedForRead::new,
                        WatermarksContract::readRaisesReceivedAndNotTheOtherWayRound,
                        "Q4: received leaves read alone"),
                row(
                        "lowers received",
                        BrokenWatermarks.LowersReceived::new,
                        WatermarksContract::readRaisesReceivedAndNotTheOtherWayRound,
                        "Q4: read below received"),
                row(
                        "looks, then writes",
                        BrokenWatermarks.LooksThenWrites::new,
                        WatermarksContract::ofSeveralAtOnceTheHighestStands,
                        "Q5: after 4 at once"),
                row(
                        "has one mark for a user",
                        BrokenWatermarks.HasOneMarkForAUser::new,
                        WatermarksContract::usersAndConversationsAreApart,
                        "Q6: a user's mark"),
                row(
                        "has one mark for a conversation",
                        BrokenWatermarks.HasOneMarkForAConversation::new,
                        WatermarksContract::usersAndConversationsAreApart,
                        "Q6: a user's mark"),
                row(
                        "ignores the limit",
                        BrokenWatermarks.IgnoresLimit::new,
                        WatermarksContract::marksOfAllAreShownOnceAndNotMoreThanAskedFor,
                        "Q7: at most three"),
                row(
                        "shows read alone",
                        BrokenWatermarks.ShowsReadAlone::new,
                        WatermarksContract::marksOfAllAreShownOnceAndNotMoreThanAskedFor,
                        "Q7: the marks of all"),
                row(
                        "forgets nothing",
                        BrokenWatermarks.ForgetsNothing::new,
                        WatermarksContract::whatIsForgottenStandsNoMore,
                        "Q8: after it was forgotten"),
                row(
                        "forgets the conversation",
                        BrokenWatermarks.ForgetsTheConversation::new,
                        WatermarksContract::whatIsForgottenStandsNoMore,
                        "Q8: the others"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(
            Supplier<Watermarks> watermarks, Consumer<WatermarksContract> test, String message) {
        WatermarksContract contract = watermarks::get;

        assertThatThrownBy(() -> test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static Arguments row(
            String name, Supplier<Watermarks> watermarks, Consumer<WatermarksContract> test, String message) {
        return Arguments.of(Named.of(name, watermarks), test, message);
    }
}
