package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A Redis Cluster of three masters, and of replicas where some are wanted. */
final class ThreeMasters implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int SHARE = SLOTS / 3 + 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> OPTIONS = List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");

    private final List<TestRedis> masters = new ArrayList<>();
    private final List<TestRedis> beside = new ArrayList<>();

    ThreeMasters() {
        this(List.of());
    }

    /** With these options for the first of them. */
    ThreeMasters(List<String> ofFirst) {
        try {
            for (int i = 0; i < 3; i++) {
                List<String> options = new ArrayList<>(OPTIONS);
                if (i == 0) {
                    options.addAll(ofFirst);
                }
                masters.add(TestRedis.start(options.toArray(String[]::new)));
            }
            join(masters);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** One that has sharded pub/sub; who asks for it is skipped where there is none. */
    static ThreeMasters withShards() {
        TestRedis.requireOwn("sharded pub/sub came with Redis 7; the one of embedded-redis is 6.2");
        return new ThreeMasters();
    }

    static int slot(String key) {
        return SlotHash.getSlot(key);
    }

    /** The master that has the slot of this key. */
    TestRedis masterOf(String key) {
        return masters.get(slot(key) / SHARE);
    }

    /** Another one. */
    TestRedis notMasterOf(String key) {
        return masters.get((slot(key) / SHARE + 1) % masters.size());
    }

    /** Adds a replica, and waits until it has all. */
    TestRedis replicaOf(TestRedis master) {
        TestRedis replica = TestRedis.start(OPTIONS.toArray(String[]::new));
        beside.add(replica);
        String id = master.ask("CLUSTER", "MYID");
        replica.ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(master.port()));
        Awaitility.await("the replica knows its master")
                .atMost(PATIENCE)
                .until(() -> replica.ask("CLUSTER", "REPLICATE", id).equals("+OK"));
        Awaitility.await("the replica has it all")
                .atMost(PATIENCE)
                .until(() -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        Awaitility.await("all know the replica")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(masters)
                        .allSatisfy(
                                each -> assertThat(each.ask("CLUSTER", "NODES")).contains("slave " + id)));
        return replica;
    }

    /** Moves the slot of this key, with all that lies in it. */
    void move(String key) {
        TestRedis from = masterOf(key);
        TestRedis to = notMasterOf(key);
        String slot = Integer.toString(slot(key));
        String target = to.ask("CLUSTER", "MYID");
        assertThat(to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", from.ask("CLUSTER", "MYID")))
                .isEqualTo("+OK");
        assertThat(from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", target)).isEqualTo("+OK");
        String port = Integer.toString(to.port());
        for (String left = from.ask("CLUSTER", "GETKEYSINSLOT", slot, "100");
                !left.isEmpty();
                left = from.ask("CLUSTER", "GETKEYSINSLOT", slot, "100")) {
            for (String each : left.split("\n", -1)) {
                assertThat(from.ask("MIGRATE", "127.0.0.1", port, each, "0", "5000"))
                        .matches("[+](OK|NOKEY)");
            }
        }
        assertThat(to.ask("CLUSTER", "SETSLOT", slot, "NODE", target)).isEqualTo("+OK");
        for (TestRedis each : masters) {
            assertThat(each.ask("CLUSTER", "SETSLOT", slot, "NODE", target)).isEqualTo("+OK");
        }
    }

    List<TestRedis> all() {
        return masters;
    }

    TestRedis first() {
        return masters.get(0);
    }

    /** Asks the one that has the keys. */
    String ask(String... words) {
        return masters.stream()
                .map(master -> master.ask(words))
                .filter(answer -> !answer.startsWith("-MOVED"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        masters.forEach(TestRedis::close);
        beside.forEach(TestRedis::close);
    }

    private static void join(List<TestRedis> masters) {
        for (int i = 0; i < masters.size(); i++) {
            int from = i * SHARE;
            int to = Math.min(SLOTS, from + SHARE);
            List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = from; slot < to; slot++) {
                words.add(Integer.toString(slot));
            }
            assertThat(masters.get(i).ask(words.toArray(String[]::new))).isEqualTo("+OK");
        }
        for (TestRedis other : masters.subList(1, masters.size())) {
            masters.get(0).ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(masters)
                        .allSatisfy(master -> assertThat(master.ask("CLUSTER", "INFO"))
                                .contains("cluster_state:ok", "cluster_known_nodes:3")));
    }
}
