package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalIndexTest {

    private static final GroupId GROUP = GroupId.of("100");

    private final LocalIndex index = new LocalIndex();

    @Test
    void findsConnectionsByIdUserAndGroup() {
        Peer peer = Peers.peer("a");
        index.add(peer);
        index.addToUser(UserId.of("10086"), peer);
        index.addToGroup(GROUP, peer);

        assertThat(index.find(peer.id())).isSameAs(peer);
        assertThat(index.ofUser(UserId.of("10086"))).containsExactly(peer);
        assertThat(index.inGroup(GROUP)).containsExactly(peer);
        assertThat(index.inGroup(GroupId.of("0100"))).isEmpty();
    }

    @Test
    void whoLeavesIsReplacedByTheLastAndNobodyElseMoves() {
        List<Peer> peers =
                IntStream.range(0, 5).mapToObj(i -> Peers.peer("p" + i)).toList();
        List<PeerSet.Entry<GroupId>> entries =
                peers.stream().map(peer -> index.addToGroup(GROUP, peer)).toList();

        index.removeFromGroup(entries.get(1));
        index.removeFromGroup(entries.get(1));

        assertThat(index.inGroup(GROUP)).containsExactly(peers.get(0), peers.get(4), peers.get(2), peers.get(3));
    }

    @Test
    void aSnapshotStaysAsItWas() {
        index.addToGroup(GROUP, Peers.peer("a"));
        Peer[] before = index.inGroup(GROUP);

        index.addToGroup(GROUP, Peers.peer("b"));

        assertThat(before).hasSize(1);
        assertThat(index.inGroup(GROUP)).hasSize(2);
        assertThat(index.inGroup(GROUP)).as("made again only after a change").isSameAs(index.inGroup(GROUP));
    }

    @Test
    void anEmptyGroupLeavesNothing() {
        Peer peer = Peers.peer("a");
        index.add(peer);
        PeerSet.Entry<GroupId> entry = index.addToGroup(GROUP, peer);

        index.removeFromGroup(entry);
        index.remove(peer);

        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void manyThreadsJoinAndLeaveAndNobodyIsLostOrLeft() throws InterruptedException {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<String> faults = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(threads);
        try {
            for (int t = 0; t < threads; t++) {
                int seed = t;
                executor.execute(() -> {
                    churn(new Random(seed), "t" + seed, faults);
                    done.countDown();
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(faults).isEmpty();
        assertThat(index.isEmpty()).isTrue();
    }

    private void churn(Random random, String name, List<String> faults) {
        for (int round = 0; round < 2_000; round++) {
            List<PeerSet.Entry<GroupId>> joined = new ArrayList<>();
            GroupId group = GroupId.of(Integer.toString(random.nextInt(3)));
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                joined.add(index.addToGroup(group, Peers.peer(name + "-" + round + "-" + i)));
            }
            HashSet<Peer> seen = new HashSet<>(List.of(index.inGroup(group)));
            joined.forEach(entry -> {
                if (!seen.contains(entry.peer)) {
                    faults.add(entry.peer.id() + " has joined and is not seen");
                }
            });
            Collections.shuffle(joined, random);
            joined.forEach(entry -> index.removeFromGroup(entry));
            HashSet<Peer> left = new HashSet<>(List.of(index.inGroup(group)));
            joined.forEach(entry -> {
                if (left.contains(entry.peer)) {
                    faults.add(entry.peer.id() + " has left and is seen");
                }
            });
        }
    }
}
