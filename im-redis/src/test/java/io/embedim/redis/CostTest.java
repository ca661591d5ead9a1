package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a message costs between nodes: counted, not measured. */
class CostTest {

    private static final int MESSAGES = 100;
    private static final int WITH_MEMBERS = 4;

    private final TestRedis redis = TestRedis.start();
    private final List<ChatNode> nodes = new ArrayList<>();

    @BeforeEach
    void fourNodesWithMembersAndOneWithout() {
        String prefix = "t" + UUID.randomUUID();
        for (int i = 0; i <= WITH_MEMBERS; i++) {
            nodes.add(new ChatNode(redis.uri(), prefix, builder -> builder));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(ChatNode::close);
        redis.close();
    }

    @Test
    void messageToAGroupCrossesToEachNodeWithMembersOnceAndToNoOther() {
        List<ChatNode.Client> members = new ArrayList<>();
        for (int i = 0; i < 3 * WITH_MEMBERS; i++) {
            members.add(nodes.get(i % WITH_MEMBERS).client().joinGroup("user" + i, 100));
        }
        ChatNode.Client stranger = nodes.get(WITH_MEMBERS).client().joinGroup("stranger", 200);
        List<Long> before = received();

        for (int i = 0; i < MESSAGES; i++) {
            members.get(0).speak("user0", 100, "m" + i + ".");
        }

        members.forEach(member -> member.hears(MESSAGES, "\"event\":\"speak\""));
        Awaitility.await().atMost(ChatNode.PATIENCE).untilAsserted(() -> {
            List<Long> after = received();
            for (int i = 0; i < WITH_MEMBERS; i++) {
                assertThat(after.get(i) - before.get(i))
                        .as("messages to node %s, which has three members", i)
                        .isEqualTo(MESSAGES);
            }
        });
        assertThat(received().get(WITH_MEMBERS) - before.get(WITH_MEMBERS))
                .as("messages to the node without members")
                .isZero();
        assertThat(stranger.count("\"event\":\"speak\"")).isZero();
    }

    private List<Long> received() {
        return nodes.stream().map(node -> node.redis.received()).toList();
    }
}
