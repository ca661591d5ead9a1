package io.embedim.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contracts of what travels, where what is said in groups is published within the shards of a Redis Cluster. */
@Tag("slow")
class ShardedContractsTest {

    private static ThreeMasters cluster;

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

    private static OneRedis byShard() {
        return new OneRedis(cluster, RedisBackendBuilder::shardedPubSub);
    }

    @Nested
    class OneNode extends RedisBrokerContractTest {
        @Override
        OneRedis open() {
            return byShard();
        }
    }

    @Nested
    class TwoNodes extends RedisBrokersOfTwoNodesTest {
        @Override
        OneRedis open() {
            return byShard();
        }
    }

    @Nested
    class Leases extends RedisClusterContractTest {
        @Override
        OneRedis open() {
            return byShard();
        }
    }
}
