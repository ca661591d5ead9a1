package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each cluster breaks one rule, and the contract says which. */
class BrokenClustersTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "renews what has ended",
                        BrokenClusters.RenewsWhatHasEnded::new,
                        "CM1: renew of a lease that has ended"),
                row("renews once", BrokenClusters.RenewsOnce::new, "CM1: a second renew"),
                rowOfAll(
                        "registers again when claimed",
                        BrokenClusters.RegistersAgainWhenClaimed::new,
                        "CM1: renew of a lease that was claimed"),
                row("sees only itself", BrokenClusters.SeesOnlyItself::new, "CM2: live nodes of two"),
                row("sees only others", BrokenClusters.SeesOnlyOthers::new, "[CM2: live nodes]"),
                row("sees twice", BrokenClusters.SeesTwice::new, "[CM2: live nodes]"),
                rowOfAll("sees the dead", BrokenClusters.SeesTheDead::new, "CM2: live nodes after one has died"),
                row("changes its name", BrokenClusters.ChangesItsName::new, "CM2: self at a second call"),
                row("never claims", BrokenClusters.NeverClaims::new, "CM3: claim of a node whose lease has ended"),
                row("claims again", BrokenClusters.ClaimsAgain::new, "CM3: a second claim"),
                Arguments.of(
                        Named.<Supplier<UnaryOperator<ClusterMembership>>>of("looks, then claims", () -> {
                            Set<NodeId> claimed = ConcurrentHashMap.newKeySet();
                            CyclicBarrier all = new CyclicBarrier(3);
                            return node -> new BrokenClusters.LooksThenClaims(node, claimed, all);
                        }),
                        "CM3: winners of 3 claims at once"),
                row("claims the living", BrokenClusters.ClaimsTheLiving::new, "CM4: claim of another node that lives"),
                row(
                        "claims the unknown",
                        BrokenClusters.ClaimsTheUnknown::new,
                        "CM4: claim of a node that was never seen"),
                rowOfAll(
                        "harms whom it cannot claim",
                        BrokenClusters.HarmsWhomItCannotClaim::new,
                        "CM4: renew after a refused claim"),
                row(
                        "claim fails",
                        BrokenClusters.ClaimFails::new,
                        "claim: the stage failed with io.embedim.model.ImException"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsWithAMessageThatNamesTheRule(Supplier<UnaryOperator<ClusterMembership>> cluster, String message) {
        Map<String, Throwable> failures = ContractRun.failures(() -> new LeasesOnManualTime(cluster.get()));

        assertThat(failures.values())
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(AssertionError.class))
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining(message));
    }

    private static Arguments row(String name, UnaryOperator<ClusterMembership> node, String message) {
        return Arguments.of(Named.<Supplier<UnaryOperator<ClusterMembership>>>of(name, () -> node), message);
    }

    /** For nodes that know something of each other. */
    private static Arguments rowOfAll(
            String name, BiFunction<ClusterMembership, Set<NodeId>, ClusterMembership> node, String message) {
        return Arguments.of(
                Named.<Supplier<UnaryOperator<ClusterMembership>>>of(name, () -> {
                    Set<NodeId> known = ConcurrentHashMap.newKeySet();
                    return one -> node.apply(one, known);
                }),
                message);
    }
}
