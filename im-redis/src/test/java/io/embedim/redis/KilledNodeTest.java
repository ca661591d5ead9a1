package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.client.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node of three that has 2,000 connections is killed, with {@code kill -9}. */
@Tag("slow")
class KilledNodeTest {

    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GHOSTS = Duration.ofSeconds(15);
    private static final int CLASSIC = 1_800;
    private static final int DEVICES = 200;
    private static final int IN_A_GROUP = 20;
    private static final int GROUPS = CLASSIC / IN_A_GROUP;
    private static final int TALKS = DEVICES / IN_A_GROUP;
    private static final int FIRST_OF_TALK = 1_000;
    private static final int GHOSTS_ONLY = 5_000;
    /** A node lets 32 handshakes wait for Redis, and sends the next ones away. */
    private static final int AT_A_TIME = 25;

    private static final String NO_GHOSTS = "sessions=0 users=0 groups=0 of=0 in=0 online=false all=";

    private final Talk talk = new Talk(1);
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final TestRedis redis = TestRedis.start();

    @AfterEach
    void stop() {
        talk.close();
        nodes.forEach(NodeProcess::close);
        redis.close();
    }

    @Test
    void itsGhostsGoInTimeTheirLeavesAreHeardOnceAndNothingIsLostOrTwice() {
        for (int i = 0; i < 3; i++) {
            nodes.add(NodeProcess.start(redis.uri(), "k", LEASE, Duration.ofSeconds(4)));
        }
        nodes.forEach(NodeProcess::awaitReady);
        List<Classic> doomed = crowd("gone", 0, CLASSIC - 5, number -> number % GROUPS + 1);
        doomed.addAll(crowd("gone-too", 0, 5, number -> GHOSTS_ONLY));
        List<Classic> witnesses = crowd("witness", 1, GROUPS, number -> number + 1);
        witnesses.addAll(crowd("other", 2, GROUPS, number -> number + 1));
        List<Classic> listeners = crowd("listener", 1, TALKS, number -> FIRST_OF_TALK + number);
        devices("d", DEVICES, attempt -> attempt % 3);
        devices("e", 2 * TALKS, attempt -> 1 + attempt % 2);
        talk.begin(Duration.ofMillis(20));
        Awaitility.await("some talk").atMost(PATIENCE).until(() -> talk.now(talk.ledger::acked) > 100);
        assertThat(listings(1))
                .startsWith("sessions=" + CLASSIC + " users=" + CLASSIC + " groups=1 of=1 in=5 online=true");

        nodes.get(0).kill();
        long killed = System.nanoTime();

        for (int survivor = 1; survivor < 3; survivor++) {
            int number = survivor;
            Awaitility.await("listings without ghosts")
                    .atMost(GHOSTS.minusNanos(System.nanoTime() - killed))
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(listings(number)).startsWith(NO_GHOSTS));
        }
        talk.end();
        int left = 2 * GROUPS + TALKS + DEVICES + 2 * TALKS;
        assertThat(listings(2)).as("all who are there, and they alone").endsWith("all=" + left + "/" + left);
        Awaitility.await("leaves")
                .atMost(PATIENCE)
                .until(() -> talk.now(() -> witnesses.stream().allMatch(one -> one.leaves.size() >= expected(one))));
        talk.audit((attempt, query) -> nodes.get(1).socket(query));
        talk.now(() -> {
            assertThat(talk.ledger.findings()).isEmpty();
            assertThat(talk.ledger.resets()).isZero();
            assertThat(witnesses)
                    .allSatisfy(one -> assertThat(one.leaves.values())
                            .as("leaves that %s heard of each", one.user)
                            .hasSize(expected(one))
                            .containsOnly(1));
            assertThat(listeners)
                    .allSatisfy(
                            one -> assertThat(one.heard).doesNotHaveDuplicates().isNotEmpty());
            assertThat(listeners).noneMatch(Classic::isClosed);
            return assertThat(doomed).allMatch(Classic::isClosed);
        });
    }

    private static int expected(Classic witness) {
        // The last five of the doomed are in a group of their own.
        return witness.group <= GROUPS - 5 ? IN_A_GROUP : IN_A_GROUP - 1;
    }

    private String listings(int node) {
        return nodes.get(node).listings(talk.sockets.client(), "gone", Integer.toString(GHOSTS_ONLY));
    }

    private List<Classic> crowd(String name, int node, int size, IntUnaryOperator group) {
        List<Classic> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String user = name + i;
            int number = group.applyAsInt(i);
            all.add(talk.now(() ->
                    new Classic(user, number, talk.sockets, nodes.get(node).socket("user=" + user))));
            if (i % AT_A_TIME == 0 || i == size - 1) {
                Awaitility.await("all have joined")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> talk.now(() -> all.stream().allMatch(Classic::isJoined)));
            }
        }
        return all;
    }

    private void devices(String name, int size, IntUnaryOperator node) {
        for (int i = 0; i < size; i++) {
            Address group = Address.group(Integer.toString(FIRST_OF_TALK + i % TALKS));
            talk.add(
                    name + i,
                    (attempt, query) -> nodes.get(node.applyAsInt(attempt)).socket(query),
                    group);
            if (i % AT_A_TIME == 0 || i == size - 1) {
                talk.awaitQuiet();
            }
        }
    }
}
