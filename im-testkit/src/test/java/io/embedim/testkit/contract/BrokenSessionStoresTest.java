package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import java.util.Map;
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

/** Each store breaks one rule, and the contract says which. */
@Tag("slow")
class BrokenSessionStoresTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "forgets the old index on a rebind",
                        BrokenSessionStores.ForgetsOldUser::new,
                        "S2: sessions of the user it is no longer bound to"),
                row(
                        "lower version overwrites",
                        BrokenSessionStores.LowerVersionOverwrites::new,
                        "S3: after a put of a lower version"),
                row("put after remove resurrects", BrokenSessionStores.Resurrects::new, "S4: find after a late put"),
                row("listing shows twice", BrokenSessionStores.ShowsTwice::new, "S6: sessions in a group in pages of"),
                row("listing skips", BrokenSessionStores.Skips::new, "S6: all sessions in pages of"),
                row(
                        "page is too big",
                        BrokenSessionStores.IgnoresLimit::new,
                        "S6: a page has 60 sessions; expected at most 1"),
                row(
                        "a user for each session",
                        BrokenSessionStores.ShowsUsersOncePerSession::new,
                        "S8: users in pages of 1"),
                row(
                        "groups that nobody is in any more",
                        BrokenSessionStores.KeepsEmptyGroups::new,
                        "S8: groups after the last session has left one"),
                row("listing never ends", BrokenSessionStores.NeverEnds::new, "S6: the listing does not end"),
                row(
                        "count is wrong",
                        BrokenSessionStores.CountsSessionsAsUsers::new,
                        "S7: counts of 4 sessions, 2 users, 2 groups"),
                row(
                        "remove of unknown throws",
                        BrokenSessionStores.RemoveThrows::new,
                        "remove of unknown: the call threw io.embedim.model.ImException"),
                row(
                        "remove of unknown fails",
                        BrokenSessionStores.RemoveFails::new,
                        "remove of unknown: the stage failed with io.embedim.model.ImException"),
                row("loses attributes", BrokenSessionStores.LosesAttributes::new, "S1: the session as it was put"),
                row(
                        "checks and puts in two steps",
                        BrokenSessionStores.ChecksThenPuts::new,
                        "after versions 1 to 4 at once"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(Supplier<SessionStore> store, String message) {
        Map<String, Throwable> failures = ContractRun.failures(() -> contract(store));

        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(AssertionError.class))
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining(message));
    }

    @Test
    void stageThatNeverCompletesFailsAfterABoundedTime() {
        SessionStoreContract contract = contract(() -> new BrokenSessionStores.Store() {
            @Override
            public CompletionStage<Void> put(Session session, long version) {
                return new CompletableFuture<>();
            }
        });

        assertThat(catchThrowable(contract::emptyStoreFindsNothing)).isNull();
        assertThat(catchThrowable(contract::repeatedPutChangesNothing))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "put of Session[c1, user=u1, groups=1] with version 5: the stage did not complete within PT10S");
    }

    private static Arguments row(String name, Supplier<SessionStore> store, String message) {
        return Arguments.of(Named.of(name, store), message);
    }

    private static SessionStoreContract contract(Supplier<SessionStore> store) {
        return new SessionStoreContract() {
            @Override
            public SessionStore emptyStore() {
                return store.get();
            }
        };
    }
}
