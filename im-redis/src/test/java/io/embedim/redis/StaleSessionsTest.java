package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the store missed of a node's sessions, while that node's lease lived on. */
class StaleSessionsTest {

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static ChatNode node(String uri) {
        return new ChatNode(uri, "im", builder -> builder.lease(LEASE).timeOut(Duration.ofSeconds(1)));
    }

    private static void seesOnly(ChatNode node, String user) {
        Awaitility.await("the listing of sessions")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    assertThat(ChatNode.now(node.server.presence().users().toList(10)))
                            .extracting(Object::toString)
                            .containsExactly(user);
                    assertThat(ChatNode.now(node.redis.sessions().counts()).sessions())
                            .isEqualTo(1);
                });
    }

    @Test
    void whoWentWhileRedisWasAwayForAMomentIsNoGhost() {
        try (TestRedis server = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(server.port());
                ChatNode cutOff = node(proxy.uri());
                ChatNode whole = node(server.uri())) {
            cutOff.client().join("anne");
            ChatNode.Client gone = cutOff.client().join("bert");

            proxy.cut();
            gone.inbound.closed(CloseReason.NORMAL, null);
            assertThat(Hearing.failure(cutOff.redis.sessions().counts())).isNotEmpty();
            proxy.mend();

            seesOnly(whole, "anne");
        }
    }

    @Test
    void whoCameAndWentUnseenByTheReplicaIsKnownToItWhenItIsTheMaster() {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start();
                BlackHoleProxy proxy = new BlackHoleProxy(master.port());
                ChatNode node = node(proxy.uri())) {
            replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
            ChatNode.Client gone = node.client().join("anne");
            Awaitility.await("the replica has it")
                    .atMost(PATIENCE)
                    .until(() -> replica.ask("ZCARD", "im:{s}:all").equals("1"));
            replica.ask("REPLICAOF", "NO", "ONE");
            gone.inbound.closed(CloseReason.NORMAL, null);
            node.client().join("bert");

            proxy.cut();
            proxy.aim(replica.port());
            proxy.mend();

            seesOnly(node, "bert");
        }
    }
}
