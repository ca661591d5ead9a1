package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Outcome;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master, a replica, and a Sentinel that watches both. */
@Tag("slow")
class SentinelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void nodesGoOnWithTheMasterThatASentinelHasMade(@TempDir Path directory) throws IOException {
        try (TestRedis master = TestRedis.start();
                TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
                TestRedis sentinel = TestRedis.sentinel(configuration(directory, master));
                Hearing one = node(sentinel);
                Hearing other = node(sentinel)) {
            one.say("one");
            other.hears("one");
            Awaitility.await("the Sentinel knows the replica")
                    .atMost(PATIENCE)
                    .until(() -> sentinel.ask("SENTINEL", "REPLICAS", "m").contains(Integer.toString(replica.port())));
            Awaitility.await("the replica has it all")
                    .atMost(PATIENCE)
                    .until(() -> replica.ask("INFO", "replication").contains("master_link_status:up")
                            && replica.ask("DBSIZE").equals(master.ask("DBSIZE")));

            master.kill();

            Awaitility.await("the fail-over")
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(Hearing.failure(one.redis.broker().append(Hearing.words("two"))))
                                    .isEmpty());
            assertThat(replica.ask("INFO", "replication")).contains("role:master");
            one.hears("one", "two");
            other.hears("one", "two");
            one.isReadyAgain();
            other.isReadyAgain();
            Outcome third = Hearing.await(other.redis.broker().append(Hearing.words("three")));
            assertThat(third).isNotNull();
            one.hears("one", "two", "three");
        }
    }

    /** Each time the client looks for the master, it connects to the Sentinel and lets go of it: that says nothing about the connection for commands. */
    @Test
    void aConnectionToTheSentinelThatEndsIsNoLossOfTheMaster(@TempDir Path directory) throws IOException {
        List<Boolean> states = new CopyOnWriteArrayList<>();
        try (TestRedis master = TestRedis.start();
                TestRedis sentinel = TestRedis.sentinel(configuration(directory, master))) {
            Connections connections = Connections.open(RedisURI.create(uri(sentinel)), Duration.ofSeconds(1), false);
            try {
                connections.onCommands(states::add);
                for (int kill = 1; kill <= 3; kill++) {
                    List<Boolean> expected = Collections.nCopies(kill, List.of(false, true)).stream()
                            .flatMap(List::stream)
                            .toList();

                    master.ask("CLIENT", "KILL", "TYPE", "normal");

                    Awaitility.await("the connection is back")
                            .atMost(PATIENCE)
                            .until(() -> states.size() >= expected.size());
                    Awaitility.await("and nothing else is told")
                            .during(Duration.ofMillis(300))
                            .atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(states).isEqualTo(expected));
                }
            } finally {
                connections.close();
            }
        }
    }

    private static Hearing node(TestRedis sentinel) {
        return new Hearing(uri(sentinel), builder -> builder.timeOut(Duration.ofSeconds(1)));
    }

    private static String uri(TestRedis sentinel) {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#m";
    }

    private static Path configuration(Path directory, TestRedis master) throws IOException {
        return Files.writeString(
                directory.resolve("sentinel.conf"),
                "sentinel monitor m 127.0.0.1 " + master.port() + " 1\nsentinel down-after-milliseconds m 1000\n"
                        + "sentinel failover-timeout m 5000\n");
    }
}
