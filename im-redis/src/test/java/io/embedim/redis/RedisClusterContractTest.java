package io.embedim.redis;

import io.embedim.cluster.ClusterMembership;
import io.embedim.testkit.contract.ClusterLeasesContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClusterContractTest implements ClusterLeasesContract {

    private OneRedis redis;

    /** Where it is to be shown. */
    OneRedis open() {
        return new OneRedis();
    }

    @BeforeAll
    void start() {
        redis = open();
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    @AfterEach
    void end() {
        redis.nextTest();
    }

    @Override
    public ClusterMembership newNode() {
        return redis.node(builder -> builder.lease(Duration.ofMinutes(10))).cluster();
    }

    /** As if its time were over. */
    @Override
    public void endLease(ClusterMembership node) {
        redis.ask("ZADD", redis.prefix() + ":{s}:nodes", "1", node.self().value());
    }
}
