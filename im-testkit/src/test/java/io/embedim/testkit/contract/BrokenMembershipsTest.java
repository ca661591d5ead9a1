package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each breaks one rule, and the contract says which. */
@Tag("slow")
class BrokenMembershipsTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row("loses the ban", BrokenMemberships.LosesTheBan::new, "M1: what a change answers"),
                row(
                        "answers what it was given",
                        BrokenMemberships.AnswersWhatItWasGiven::new,
                        "M1: version of a first save"),
                row(
                        "takes groups for numbers",
                        BrokenMemberships.TakesGroupsForNumbers::new,
                        "M1: \"0100\" and \"100\" are two groups"),
                row(
                        "last save wins",
                        BrokenMemberships.LastSaveWins::new,
                        "M2: save of version 7 where nothing is stored"),
                row(
                        "updates what is not there",
                        BrokenMemberships.UpdatesWhatIsNotThere::new,
                        "M2: save of version 7 where nothing is stored"),
                row("looks, then saves", BrokenMemberships.LooksThenSaves::new, "M2: winners of 4 saves at once"),
                row("removes any version", BrokenMemberships.RemovesAnyVersion::new, "M3: remove of another version"),
                row(
                        "removes what is not there",
                        BrokenMemberships.RemovesWhatIsNotThere::new,
                        "M3: remove of what is not there"),
                row("only says that it removed", BrokenMemberships.OnlySaysThatItRemoved::new, "M3: after the removal"),
                row(
                        "counts from one again",
                        BrokenMemberships.CountsFromOneAgain::new,
                        "M4: version after a removal of version 2"),
                row("shows twice", BrokenMemberships.ShowsTwice::new, "M5: members of a group in pages of"),
                row("skips", BrokenMemberships.Skips::new, "M5: groups of a user in pages of"),
                row("page is too big", BrokenMemberships.IgnoresLimit::new, "M5: size of a page"),
                row("never ends", BrokenMemberships.NeverEnds::new, "M5: the listing does not end"),
                row(
                        "never ends with empty pages",
                        BrokenMemberships.NeverEndsWithEmptyPages::new,
                        "M5: the listing does not end"),
                row(
                        "unknown group fails",
                        BrokenMemberships.UnknownGroupFails::new,
                        "listing of memberships: the stage failed with io.embedim.model.ImException"),
                row(
                        "find throws",
                        BrokenMemberships.FindThrows::new,
                        "find of u1 in g1: the call threw io.embedim.model.ImException"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(Supplier<Memberships> memberships, String message) {
        Map<String, Throwable> failures = ContractRun.failures(() -> contract(memberships));

        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(AssertionError.class))
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining(message));
    }

    @Test
    void stageThatNeverCompletesFailsAfterABoundedTime() {
        MembershipsContract contract = contract(() -> new BrokenMemberships.Members() {
            @Override
            public CompletionStage<Optional<Membership>> save(Membership membership) {
                return new CompletableFuture<>();
            }
        });

        assertThat(catchThrowable(contract::membershipAfterARemovalHasAHigherVersion))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the stage did not complete within PT10S");
    }

    private static Arguments row(String name, Supplier<Memberships> memberships, String message) {
        return Arguments.of(Named.of(name, memberships), message);
    }

    private static MembershipsContract contract(Supplier<Memberships> memberships) {
        return new MembershipsContract() {
            @Override
            public Memberships emptyMemberships() {
                return memberships.get();
            }
        };
    }
}
