package io.embedim.redis;

import io.embedim.session.SharedSessionStore;
import io.embedim.testkit.contract.SharedSessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisSessionStoreContractTest implements SharedSessionStoreContract {

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
    public SharedSessionStore emptyStore() {
        return redis.node().sessions();
    }

    RedisBackend another() {
        return redis.node();
    }
}
