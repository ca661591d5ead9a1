package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.session.SharedSessionStore;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each store of several nodes breaks one rule, and the contract says which. */
@Tag("slow")
class BrokenSharedSessionStoresTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "shows the sessions of all nodes",
                        BrokenSharedSessionStores.ForgetsWhichNode::new,
                        "S9: sessions of a node in pages of 1"),
                row(
                        "keeps a session under its first node",
                        BrokenSharedSessionStores.KeepsOldNode::new,
                        "S9: sessions of a node in pages of 1"),
                row(
                        "reaps a session that has gone to another node",
                        BrokenSharedSessionStores.ReapsWhateverNode::new,
                        "S10: reap of another node's"),
                row(
                        "reaps as if it were a removal",
                        BrokenSharedSessionStores.ReapsForGood::new,
                        "S10: put again under another node"),
                row(
                        "says so and removes nothing",
                        BrokenSharedSessionStores.TellsWithoutReaping::new,
                        "S10: a session that was reaped"),
                row(
                        "forgets who the client said it is",
                        BrokenSharedSessionStores.ForgetsSender::new,
                        "S10: what was removed"),
                row(
                        "looks and reaps in two steps",
                        BrokenSharedSessionStores.LooksThenReaps::new,
                        "S10: who is told, of 4"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(Supplier<SharedSessionStore> store, String message) {
        Map<String, Throwable> failures = ContractRun.failures(() -> contract(store));

        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(AssertionError.class))
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining(message));
    }

    @Test
    void theOneThatTheyAreMadeOfBreaksNone() {
        assertThat(ContractRun.failures(() -> contract(BrokenSharedSessionStores.Store::new)))
                .isEmpty();
    }

    private static Arguments row(String name, Supplier<SharedSessionStore> store, String message) {
        return Arguments.of(Named.of(name, store), message);
    }

    private static SharedSessionStoreContract contract(Supplier<SharedSessionStore> store) {
        return new SharedSessionStoreContract() {
            @Override
            public SharedSessionStore emptyStore() {
                return store.get();
            }
        };
    }
}
