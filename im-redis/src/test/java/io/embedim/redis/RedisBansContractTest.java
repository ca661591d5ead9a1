package io.embedim.redis;

import io.embedim.security.Bans;
import io.embedim.testkit.contract.BansContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisBansContractTest implements BansContract {

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
