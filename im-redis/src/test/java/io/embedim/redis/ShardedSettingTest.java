package io.embedim.redis;

import static io.embedim.redis.Hearing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All nodes of an installation publish in one way, or they would not hear each other. */
@Tag("slow")
class ShardedSettingTest {

    private static final String WITHOUT =
            "expected a node with shardedPubSub(), as the living nodes are; came one without it";
    private static final String WITH =
            "expected a node without shardedPubSub(), as the living nodes are; came one with it";

    private static ThreeMasters cluster;

    private OneRedis redis;

    @BeforeAll
    static void start() {
        cluster = ThreeMasters.withShards();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void begin() {
        redis = new OneRedis(cluster);
    }

    @AfterEach
    void end() {
        redis.close();
    }

    /** Why it was not opened, or an empty text. */
    private String refusal(UnaryOperator<RedisBackendBuilder> settings) {
        try {
            redis.node(settings);
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void nodeThatIsSetOtherwiseThanTheLivingIsRefused() {
        redis.node(RedisBackendBuilder::shardedPubSub);

        assertThat(refusal(builder -> builder))
                .isEqualTo("this Redis cannot be used: the beginning of its lease: " + WITHOUT);
        assertThat(refusal(RedisBackendBuilder::shardedPubSub)).isEmpty();
    }

    /** Those of an older version among them, which say nothing of it. */
    @Test
    void nodeWithItIsRefusedWhereNodesWithoutItLive() {
        redis.node();

        assertThat(refusal(RedisBackendBuilder::shardedPubSub))
                .isEqualTo("this Redis cannot be used: the beginning of its lease: " + WITH);
        assertThat(refusal(builder -> builder)).isEmpty();
    }

    @Test
    void itIsChangedWhenAllNodesHaveEnded() {
        redis.node().close();
        RedisBackend with = redis.node(RedisBackendBuilder::shardedPubSub);
        String nodes = redis.prefix() + ":{s}:nodes";
        // Of a node that was killed the lease has to end by itself.
        with.cut();
        assertThat(refusal(builder -> builder)).contains(WITHOUT);
        redis.ask("ZADD", nodes, "1", with.cluster().self().value());

        assertThat(refusal(builder -> builder)).isEmpty();
        assertThat(refusal(RedisBackendBuilder::shardedPubSub)).contains(WITH);
    }

    @Test
    void ofTwoThatStartAtOnceOnlyOneIsTaken() {
        for (int round = 0; round < 10; round++) {
            redis.nextTest();
            List<CompletableFuture<String>> both = List.of(
                    CompletableFuture.supplyAsync(() -> refusal(builder -> builder)),
                    CompletableFuture.supplyAsync(() -> refusal(RedisBackendBuilder::shardedPubSub)));

            List<String> refused = both.stream()
                    .map(CompletableFuture::join)
                    .filter(refusal -> !refusal.isEmpty())
                    .toList();

            assertThat(refused).as("round %s", round).hasSize(1);
            assertThat(refused.get(0)).containsAnyOf(WITH, WITHOUT);
        }
    }

    /** It was cut off, and others were started meanwhile. */
    @Test
    void nodeThatComesBackAmongOthersIsNotReadyAndSaysWhy() {
        RedisBackend back = redis.node();
        back.broker().attach((topic, event) -> {});
        Hearing.await(back.broker().subscribe(Topic.of(new GroupId("g"))));
        assertThat(failure(back.broker().probe())).isEmpty();
        redis.ask(
                "ZADD",
                redis.prefix() + ":{s}:nodes",
                "1",
                back.cluster().self().value());
        redis.node(RedisBackendBuilder::shardedPubSub);

        assertThat(Hearing.await(back.cluster().renew())).isFalse();
        assertThat(failure(back.cluster().rejoin())).isEqualTo(WITHOUT);
        assertThat(failure(back.broker().probe())).isEqualTo(WITHOUT);
    }
}
