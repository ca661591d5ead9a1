package io.embedim.redis;

import io.embedim.session.Memberships;
import io.embedim.testkit.contract.MembershipsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisMembershipsContractTest implements MembershipsContract {

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
    public Memberships emptyMemberships() {
        return redis.node().memberships();
    }

    RedisBackend another() {
        return redis.node();
    }
}
