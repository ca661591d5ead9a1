package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A Redis Cluster of three masters without replicas. */
final class ThreeMasters implements AutoCloseable {

    private static final int SLOTS = 16_384;

    private final List<TestRedis> masters = new ArrayList<>();

    ThreeMasters() {
        try {
            for (int i = 0; i < 3; i++) {
                masters.add(TestRedis.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
            }
            join(masters);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
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
    }

    private static void join(List<TestRedis> masters) {
        int share = SLOTS / masters.size() + 1;
        for (int i = 0; i < masters.size(); i++) {
            int from = i * share;
            int to = Math.min(SLOTS, from + share);
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
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(masters)
                        .allSatisfy(master -> assertThat(master.ask("CLUSTER", "INFO"))
                                .contains("cluster_state:ok", "cluster_known_nodes:3")));
    }
}
