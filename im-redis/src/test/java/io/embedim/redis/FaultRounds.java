package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.client.Address;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/** Three nodes, each behind a proxy of its own, on a Redis that has a replica; and rounds of faults, while clients talk. */
final class FaultRounds implements AutoCloseable {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration TIME_OUT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final int NODES = 3;
    private static final int CLIENTS = 9;
    private static final int SOME = 30;
    private static final int ALL = 2;

    /** What happens to Redis. */
    enum OfRedis {
        NOTHING,
        RESTARTED,
        PAUSED,
        PROMOTED
    }

    /** What happens to one node. */
    enum OfANode {
        NOTHING,
        DEAF,
        KILLED,
        CUT_OFF
    }

    private final Duration length;
    private final List<BlackHoleProxy> proxies = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private TestRedis master = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
    private TestRedis replica;

    FaultRounds(Duration length) {
        this.length = length;
        this.replica = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
        follow(replica, master);
        for (int i = 0; i < NODES; i++) {
            proxies.add(new BlackHoleProxy(master.port()));
            nodes.add(node(i));
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    /** One round, all of which follows from its number but what threads and processes do. Says what it saw. */
    String round(int number) {
        Random random = new Random(number);
        OfRedis ofRedis = OfRedis.values()[(number + 1) % 4];
        OfANode ofANode = OfANode.values()[(number + 1 + random.nextInt(3)) % 4];
        int victim = random.nextInt(NODES);
        String name = "r" + number + "u";
        try (Talk talk = new Talk(number)) {
            for (int i = 0; i < CLIENTS; i++) {
                int home = i;
                talk.add(
                        name + i,
                        (attempt, query) -> place(home + attempt, query),
                        Address.group(group(number, i % 2)),
                        Address.group(group(number, ALL)));
            }
            talk.awaitQuiet();
            for (int i = 0; i + 1 < CLIENTS; i += 2) {
                talk.pair(name + i, name + (i + 1));
            }
            talk.begin(EVERY);
            awaitMore(talk);

            begin(ofRedis, talk);
            begin(ofANode, victim);
            await(length);
            end(ofRedis);
            end(ofANode, victim);

            awaitMore(talk);
            talk.end();
            talk.audit(this::place);
            String what = "round " + number + ": Redis " + ofRedis + ", node " + victim + " " + ofANode;
            String saw = talk.now(() -> {
                assertThat(talk.ledger.findings()).as(what).isEmpty();
                return ": " + talk.ledger.acked() + " acknowledged, " + talk.ledger.lost() + " lost and said again, "
                        + talk.ledger.resets() + " resets";
            });
            awaitListings(talk, what, name, group(number, ALL));
            talk.endAll();
            return what + saw;
        }
    }

    private static String group(int round, int number) {
        return Integer.toString(10 * (round + 1) + number);
    }

    private URI place(int number, String query) {
        return nodes.get(number % NODES).socket(query);
    }

    private void begin(OfRedis fault, Talk talk) {
        switch (fault) {
            case RESTARTED -> master.kill();
            case PAUSED -> master.pause();
            case PROMOTED -> promote(talk);
            case NOTHING -> {
                // The node's turn.
            }
        }
    }

    private void end(OfRedis fault) {
        switch (fault) {
            case RESTARTED -> master.startAgain();
            case PAUSED -> master.goOn();
            case PROMOTED, NOTHING -> {
                // Nothing to mend.
            }
        }
    }

    /** What the old master takes from here on the new one will never have. */
    private void promote(Talk talk) {
        Awaitility.await("a replica that is up to date")
                .atMost(PATIENCE)
                .until(() -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        replica.ask("REPLICAOF", "NO", "ONE");
        talk.now(() -> {
            talk.ledger.mayLose();
            return true;
        });
        awaitMore(talk);
        TestRedis old = master;
        master = replica;
        replica = old;
        proxies.forEach(proxy -> {
            proxy.cut();
            proxy.aim(master.port());
            proxy.mend();
        });
        follow(old, master);
    }

    /** By a command, so that one that has become the master does not follow again when it is restarted. */
    private static void follow(TestRedis replica, TestRedis master) {
        assertThat(replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(master.port())))
                .isEqualTo("+OK");
    }

    private void begin(OfANode fault, int victim) {
        switch (fault) {
            case DEAF -> proxies.get(victim).swallow();
            case KILLED -> nodes.get(victim).kill();
            case CUT_OFF -> proxies.get(victim).cut();
            case NOTHING -> {
                // Redis's turn.
            }
        }
    }

    private void end(OfANode fault, int victim) {
        switch (fault) {
            case KILLED -> {
                nodes.get(victim).close();
                NodeProcess next = node(victim).awaitReady();
                nodes.set(victim, next);
            }
            case CUT_OFF -> proxies.get(victim).mend();
            case DEAF, NOTHING -> {
                // It has to help itself.
            }
        }
    }

    private NodeProcess node(int number) {
        return NodeProcess.start(proxies.get(number).uri(), "f", LEASE, TIME_OUT);
    }

    private static void awaitMore(Talk talk) {
        int before = talk.now(talk.ledger::acked);
        Awaitility.await("some talk")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> talk.now(talk.ledger::acked) > before + SOME);
    }

    /** All are seen who are there, and nobody else, on every node. */
    private void awaitListings(Talk talk, String what, String name, String group) {
        String expected = "sessions=" + CLIENTS + " users=" + CLIENTS + " groups=1 of=1 in=" + CLIENTS
                + " online=true all=" + CLIENTS + "/" + CLIENTS;
        for (NodeProcess node : nodes) {
            Awaitility.await("listings after " + what)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.listings(talk.sockets.client(), name, group))
                            .isEqualTo(expected));
        }
    }

    private static void await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await().atMost(time.plus(PATIENCE)).until(() -> System.nanoTime() > end);
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
        proxies.forEach(BlackHoleProxy::close);
        master.close();
        replica.close();
    }
}
