package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Redis Cluster of three masters without replicas. */
@Tag("slow")
class RedisClusterModeTest {

    private static final int SLOTS = 16_384;

    @Test
    void nodesOnAClusterHearEachOther() {
        List<TestRedis> masters = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                masters.add(TestRedis.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
            }
            join(masters);
            String prefix = "t";
            try (ChatNode first = new ChatNode(masters.get(0).uri(), prefix, builder -> builder);
                    ChatNode second = new ChatNode(masters.get(1).uri(), prefix, builder -> builder)) {
                List<ChatNode.Client> here = new ArrayList<>();
                List<ChatNode.Client> there = new ArrayList<>();
                for (int group = 1; group <= 20; group++) {
                    here.add(first.client().joinGroup("a" + group, group));
                    there.add(second.client().joinGroup("b" + group, group));
                }
                for (int group = 1; group <= 20; group++) {
                    here.get(group - 1).speak("a" + group, group, "hello");
                    there.get(group - 1).speak("b" + group, group, "hello");
                }
                here.forEach(each -> each.hears(2, "hello"));
                there.forEach(each -> each.hears(2, "hello"));
                assertThat(ChatNode.now(first.redis.sessions().counts()).sessions())
                        .isEqualTo(40);
                ChatNode.Client private1 = second.client().join("p");
                here.get(0).speakTo("a1", "p", "secret");
                private1.hears(1, "secret");
                assertThat(masters)
                        .as("each master has a part of the logs")
                        .allSatisfy(master ->
                                assertThat(Long.parseLong(master.ask("DBSIZE"))).isPositive());
            }
        } finally {
            masters.forEach(TestRedis::close);
        }
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
