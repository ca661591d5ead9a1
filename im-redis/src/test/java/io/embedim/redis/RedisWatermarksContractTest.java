package io.embedim.redis;

import io.embedim.conversation.Watermarks;
import io.embedim.testkit.contract.WatermarksContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisWatermarksContractTest implements WatermarksContract {

    private static OneRedis redis;

    @BeforeAll
    static void start() {
        redis = new OneRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void end() {
        redis.nextTest();
    }

    @Override
    public Watermarks emptyWatermarks() {
        return redis.node().watermarks();
    }

    RedisBackend another() {
        return redis.node();
    }
}
