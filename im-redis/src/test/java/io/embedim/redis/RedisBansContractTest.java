package io.embedim.redis;

import io.embedim.security.Bans;
import io.embedim.testkit.contract.BansContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBansContractTest implements BansContract {

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

    /** Called twice in one test, for bans of different Redises. */
    @Override
    public Bans noBans() {
        redis.nextTest();
        return redis.node().bans();
    }

    RedisBackend another() {
        return redis.node();
    }
}
