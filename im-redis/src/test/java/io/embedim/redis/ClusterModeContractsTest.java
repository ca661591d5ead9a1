package io.embedim.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** All contracts of backends, against a Redis Cluster of three masters and with two nodes. */
@Tag("slow")
class ClusterModeContractsTest {

    private static ThreeMasters cluster;

    @BeforeAll
    static void start() {
        cluster = new ThreeMasters();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Nested
    class Brokers extends RedisBrokersOfTwoNodesTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }

    @Nested
    class Sessions extends RedisSessionStoreOfTwoNodesTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }

    @Nested
    class Memberships extends RedisMembershipsOfTwoNodesTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }

    @Nested
    class Bans extends RedisBansOfTwoNodesTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }

    @Nested
    class Directories extends RedisDirectoriesOfTwoNodesTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }

    @Nested
    class Watermarks extends RedisWatermarksOfTwoNodesTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }

    @Nested
    class Leases extends RedisClusterContractTest {
        @Override
        OneRedis open() {
            return new OneRedis(cluster);
        }
    }
}
