package io.embedim.redis;

import io.embedim.conversation.Watermarks;
import io.embedim.testkit.contract.WatermarksContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisWatermarksContractTest implements WatermarksContract {

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
    public Watermarks emptyWatermarks() {
        return redis.node().watermarks();
    }

    RedisBackend another() {
        return redis.node();
    }
}
