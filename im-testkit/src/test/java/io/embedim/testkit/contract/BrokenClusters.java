package io.embedim.testkit.contract;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import io.embedim.model.ImException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Nodes that break one rule each. */
final class BrokenClusters {

    private BrokenClusters() {}

    private static <T> CompletionStage<T> now(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** Correct, to be overridden. */
    static class Member implements ClusterMembership {

        final ClusterMembership correct;

        Member(ClusterMembership correct) {
            this.correct = correct;
        }

        @Override
        public NodeId self() {
            return correct.self();
        }

        @Override
        public CompletionStage<Boolean> renew() {
            return correct.renew();
        }

        @Override
        public CompletionStage<List<Node>> liveNodes() {
            return correct.liveNodes();
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return correct.claim(dead);
        }
    }

    static final class RenewsWhatHasEnded extends Member {

        RenewsWhatHasEnded(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> renew() {
            return now(true);
        }
    }

    static final class RenewsOnce extends Member {

        private boolean renewed;

        RenewsOnce(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> renew() {
            boolean first = !renewed;
            renewed = true;
            return now(first);
        }
    }

    static final class RegistersAgainWhenClaimed extends Member {

        private final Set<NodeId> claimed;

        RegistersAgainWhenClaimed(ClusterMembership correct, Set<NodeId> claimed) {
            super(correct);
            this.claimed = claimed;
        }

        @Override
        public CompletionStage<Boolean> renew() {
            return claimed.contains(self()) ? now(true) : super.renew();
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return super.claim(dead).thenApply(won -> {
                if (won) {
                    claimed.add(dead);
                }
                return won;
            });
        }
    }

    static final class SeesOnlyItself extends Member {

        SeesOnlyItself(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<List<Node>> liveNodes() {
            return now(List.of(new Node(self(), Instant.MAX)));
        }
    }

    static final class SeesOnlyOthers extends Member {

        SeesOnlyOthers(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<List<Node>> liveNodes() {
            return super.liveNodes()
                    .thenApply(nodes -> nodes.stream()
                            .filter(node -> !node.id().equals(self()))
                            .toList());
        }
    }

    static final class SeesTwice extends Member {

        SeesTwice(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<List<Node>> liveNodes() {
            return super.liveNodes().thenApply(nodes -> {
                List<Node> twice = new ArrayList<>(nodes);
                twice.addAll(nodes);
                return twice;
            });
        }
    }

    static final class SeesTheDead extends Member {

        private final Set<NodeId> everSeen;

        SeesTheDead(ClusterMembership correct, Set<NodeId> everSeen) {
            super(correct);
            this.everSeen = everSeen;
            everSeen.add(correct.self());
        }

        @Override
        public CompletionStage<List<Node>> liveNodes() {
            return now(everSeen.stream().map(id -> new Node(id, Instant.MAX)).toList());
        }
    }

    static final class ChangesItsName extends Member {

        private int calls;

        ChangesItsName(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public NodeId self() {
            return calls++ == 0 ? super.self() : new NodeId(super.self() + "-" + calls);
        }
    }

    static final class NeverClaims extends Member {

        NeverClaims(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return now(false);
        }
    }

    static final class ClaimsAgain extends Member {

        private final Set<NodeId> claimed = ConcurrentHashMap.newKeySet();

        ClaimsAgain(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return super.claim(dead).thenApply(won -> won ? claimed.add(dead) : claimed.contains(dead));
        }
    }

    /** Looks and takes in two steps, between which all others look too. */
    static final class LooksThenClaims extends Member {

        private final Set<NodeId> claimed;
        private final CyclicBarrier all;

        LooksThenClaims(ClusterMembership correct, Set<NodeId> claimed, CyclicBarrier all) {
            super(correct);
            this.claimed = claimed;
            this.all = all;
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            boolean free = !claimed.contains(dead);
            try {
                all.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError(e);
            }
            claimed.add(dead);
            return now(free);
        }
    }

    static final class ClaimsTheLiving extends Member {

        ClaimsTheLiving(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return now(!dead.equals(self()) && !dead.value().equals("never-seen"));
        }
    }

    static final class ClaimsTheUnknown extends Member {

        ClaimsTheUnknown(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return dead.value().equals("never-seen") ? now(true) : super.claim(dead);
        }
    }

    static final class HarmsWhomItCannotClaim extends Member {

        private final Set<NodeId> harmed;

        HarmsWhomItCannotClaim(ClusterMembership correct, Set<NodeId> harmed) {
            super(correct);
            this.harmed = harmed;
        }

        @Override
        public CompletionStage<Boolean> renew() {
            return harmed.contains(self()) ? now(false) : super.renew();
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            harmed.add(dead);
            return super.claim(dead);
        }
    }

    static final class ClaimFails extends Member {

        ClaimFails(ClusterMembership correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Boolean> claim(NodeId dead) {
            return CompletableFuture.failedFuture(new ImException("no such node"));
        }
    }
}
