package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.model.ImException;
import io.embedim.runtime.ThreadRuntime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis that cannot be used is one clear sentence, with what was expected and what came. */
class WrongRedisTest {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void end() {
        runtime.close();
    }

    private RedisBackend open(String uri) {
        return RedisBackend.builder(uri, runtime).timeOut(Duration.ofSeconds(1)).open();
    }

    @Test
    void addressThatNobodyCanReadIsNotShown() {
        assertThatThrownBy(() -> open("http://user:secret@host"))
                .isInstanceOf(ImException.class)
                .hasMessageContaining("expected redis://host:port")
                .hasMessageNotContaining("secret");
    }

    @Test
    void nobodyThere() {
        assertThatThrownBy(() -> open("redis://127.0.0.1:" + TestRedis.freePort()))
                .isInstanceOf(ImException.class)
                .hasMessageContaining("this Redis cannot be used: expected an answer; came")
                .hasMessageContaining("Connection refused");
    }

    @Test
    void somebodyWhoSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open("redis://127.0.0.1:" + mute.getLocalPort()))
                    .isInstanceOf(ImException.class)
                    .hasMessageContaining("this Redis cannot be used: expected an answer; came");
        }
    }

    @Test
    void passwordThatIsMissingOrWrong() {
        try (TestRedis server = TestRedis.start("--requirepass", "secret")) {
            assertThatThrownBy(() -> open(server.uri())).hasMessageContaining("NOAUTH");
            assertThatThrownBy(() -> open("redis://:wrong@127.0.0.1:" + server.port()))
                    .hasMessageMatching("this Redis cannot be used: .*(WRONGPASS|Connection closed).*")
                    .hasMessageNotContaining("wrong@");
            try (RedisBackend right = open("redis://:secret@127.0.0.1:" + server.port())) {
                assertThat(Hearing.failure(right.sessions().counts())).isEmpty();
            }
        }
    }

    @Test
    void replica() {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(master.port()))) {
            assertThatThrownBy(() -> open(replica.uri()))
                    .hasMessage("this Redis cannot be used: expected a master; came a Redis whose role is 'slave',"
                            + " which takes no writes");
        }
    }

    @Test
    void policyThatThrowsAway() {
        try (TestRedis server = TestRedis.start("--maxmemory-policy", "allkeys-lru")) {
            assertThatThrownBy(() -> open(server.uri()))
                    .hasMessage("this Redis cannot be used: expected maxmemory-policy noeviction; came 'allkeys-lru',"
                            + " which throws away what was said");
        }
    }

    @Test
    void versionThatIsTooOld() {
        assertThat(new ServerCheck("redis_version:6.0.16\r\nrole:master\r\n").problem())
                .isEqualTo("expected a Redis of version 6.2 or later; came 6.0.16");
        assertThat(new ServerCheck("redis_version:6.2.0\r\nrole:master\r\nmaxmemory_policy:noeviction").problem())
                .isNull();
        assertThat(new ServerCheck("redis_version:8.6.1\r\nrole:master\r\n").problem())
                .isNull();
        assertThat(new ServerCheck("").problem()).contains("does not say its version");
    }

    @Test
    void shardsOfWhatHasNone() {
        String version;
        try (TestRedis server = TestRedis.start()) {
            version = new ServerCheck(server.ask("INFO", "server")).version();
            assertThatThrownBy(() -> RedisBackend.builder(server.uri(), runtime)
                            .shardedPubSub()
                            .open())
                    .isInstanceOf(ImException.class)
                    .hasMessage("this Redis cannot be used: shardedPubSub() expected a Redis Cluster of version 7.0 or"
                            + " later; came a Redis of version " + version + " that is not part of a Cluster");
        }
        assertThat(new ServerCheck("redis_version:6.2.6\r\ncluster_enabled:1").problemOfShards())
                .isEqualTo("shardedPubSub() expected a Redis Cluster of version 7.0 or later; came a Cluster of version"
                        + " 6.2.6");
        assertThat(new ServerCheck("redis_version:7.0.0\r\ncluster_enabled:1").problemOfShards())
                .isNull();
        assertThat(new ServerCheck("redis_version:10.1.0\r\ncluster_enabled:1").problemOfShards())
                .isNull();
    }

    @Test
    void masterThatBecomesAReplicaIsSeenInTheProbe() {
        try (TestRedis other = TestRedis.start();
                TestRedis server = TestRedis.start();
                Hearing node = new Hearing(server.uri(), builder -> builder.timeOut(Duration.ofSeconds(1)))) {
            node.say("one");
            server.ask("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));

            assertThat(Hearing.failure(node.redis.broker().append(Hearing.words("two"))))
                    .contains("was not made: expected a master; Redis answered that it is a read-only replica");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(Hearing.failure(node.redis.broker().probe()))
                                    .contains("expected a master; came a Redis whose role is 'slave'"));
        }
    }
}
