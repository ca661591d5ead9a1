package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A replica has become the master without what was said last, and one node comes to it when all has been said. */
class LostTailTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String GROUP = "'group_id':'7'";

    private static V2Node node(BlackHoleProxy proxy) {
        return new V2Node(proxy.uri(), "im", builder -> builder.timeOut(Duration.ofSeconds(1)));
    }

    private static V2Node.Client joined(V2Node node, String user) {
        V2Node.Client client = node.client(user);
        client.send("{'event':'join'," + GROUP + "}");
        client.next("sync");
        return client;
    }

    private static String id(int number) {
        return "L".repeat(20) + number;
    }

    /** And nothing that comes later. */
    private static void hasAllUpToNow(TestRedis replica, TestRedis master) {
        replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        Awaitility.await("the replica has it")
                .atMost(PATIENCE)
                .until(() -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        replica.ask("REPLICAOF", "NO", "ONE");
    }

    private static void aim(BlackHoleProxy proxy, TestRedis redis) {
        proxy.cut();
        proxy.aim(redis.port());
        proxy.mend();
    }

    @Test
    void whoseNodeComesBackLastIsToldThatThereIsSomethingElse() {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start();
                BlackHoleProxy toOne = new BlackHoleProxy(master.port());
                BlackHoleProxy toOther = new BlackHoleProxy(master.port());
                V2Node one = node(toOne);
                V2Node other = node(toOther)) {
            V2Node.Client ann = joined(one, "ann");
            V2Node.Client bob = joined(other, "bob");
            bob.say(GROUP, id(1), "kept");
            ann.next("message", each -> each.path("content").asString().equals("kept"));
            hasAllUpToNow(replica, master);
            bob.say(GROUP, id(2), "lost");
            ann.next("message", each -> each.path("content").asString().equals("lost"));

            toOne.cut();
            aim(toOther, replica);
            for (int i = 3; i < 6; i++) {
                bob.sayUntilTaken(GROUP, id(i), "instead " + i);
            }
            toOne.aim(replica.port());
            toOne.mend();

            JsonNode changed = ann.next("changed");
            assertThat(changed.path("conv").asString()).isEqualTo("g:7");
            JsonNode read = ann.sync(GROUP, "'last':50");
            assertThat(read.path("messages"))
                    .extracting(each -> each.path("content").asString())
                    .containsSubsequence("kept", "instead 3", "instead 4", "instead 5")
                    .doesNotContain("lost");
        }
    }

    @Test
    void whoseLastMessageIsLostIsToldAlthoughNobodySaysAnythingMore() {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(master.port());
                V2Node node = node(proxy)) {
            V2Node.Client ann = joined(node, "ann");
            ann.say(GROUP, id(1), "kept");
            ann.next("message", each -> each.path("content").asString().equals("kept"));
            hasAllUpToNow(replica, master);
            ann.say(GROUP, id(2), "lost");
            ann.next("message", each -> each.path("content").asString().equals("lost"));

            aim(proxy, replica);

            JsonNode changed = ann.next("changed");
            assertThat(changed.path("top").path("seq").asLong()).isEqualTo(2);
            assertThat(ann.sync(GROUP, "'last':50").path("messages"))
                    .extracting(each -> each.path("content").asString())
                    .contains("kept")
                    .doesNotContain("lost");
        }
    }
}
