package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.conversation.Retention;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What docs/how-to/cluster.md shows. */
class ClusterExampleTest {

    @Test
    void serverOnRedisStartsAndEnds() throws Exception {
        try (TestRedis server = TestRedis.start()) {
            run(server.uri());

            assertThat(server.ask("ZCOUNT", "chat:{s}:nodes", "(" + System.currentTimeMillis(), "+inf"))
                    .as("leases that live")
                    .isEqualTo("0");
        }
    }

    private static void run(String uri) throws Exception {
        // tag::open[]
        ThreadRuntime runtime = ThreadRuntime.start();
        RedisBackend redis = RedisBackend.builder(uri, runtime) // redis://host:6379
                .prefix("chat") // nodes with the same prefix are one cluster
                .retention(new Retention(1_000, Duration.ofDays(30), 1 << 20))
                .open();
        ImServer server = ImServer.builder()
                .classicProfile() // or an authenticator
                .runtime(runtime)
                .broker(redis.broker())
                .sessionStore(redis.sessions())
                .memberships(redis.memberships())
                .bans(redis.bans())
                .cluster(redis.cluster())
                .v2(V2Settings.inMemory().directory(redis.directory()).watermarks(redis.watermarks()))
                .build();
        // end::open[]
        server.kick(Target.user(new UserId("nobody"))).toCompletableFuture().get(10, TimeUnit.SECONDS);
        // tag::close[]
        server.close(); // and with it the broker, and the runtime
        redis.close(); // ends this node's lease, so that nobody waits for it
        // end::close[]
    }
}
