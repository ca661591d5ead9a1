package io.embedim.redis;

import io.embedim.session.SharedSessionStore;
import io.embedim.testkit.contract.SharedSessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSessionStoreContractTest implements SharedSessionStoreContract {

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
    public SharedSessionStore emptyStore() {
        return redis.node().sessions();
    }

    RedisBackend another() {
        return redis.node();
    }
}
