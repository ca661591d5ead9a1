package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole servers on a Redis Cluster. What each backend does there is in {@link ClusterModeContractsTest}. */
@Tag("slow")
class RedisClusterModeTest {

    @Test
    void nodesOnAClusterHearEachOther() {
        String prefix = "t";
        try (ThreeMasters cluster = new ThreeMasters();
                ChatNode first = new ChatNode(cluster.all().get(0).uri(), prefix, builder -> builder);
                ChatNode second = new ChatNode(cluster.all().get(1).uri(), prefix, builder -> builder)) {
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
            assertThat(ChatNode.now(first.redis.sessions().counts()).sessions()).isEqualTo(40);
            ChatNode.Client private1 = second.client().join("p");
            here.get(0).speakTo("a1", "p", "secret");
            private1.hears(1, "secret");
            assertThat(cluster.all())
                    .as("each master has a part of the logs")
                    .allSatisfy(master ->
                            assertThat(Long.parseLong(master.ask("DBSIZE"))).isPositive());
        }
    }
}
