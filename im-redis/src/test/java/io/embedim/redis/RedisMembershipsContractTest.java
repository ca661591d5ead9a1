package io.embedim.redis;

import io.embedim.session.Memberships;
import io.embedim.testkit.contract.MembershipsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisMembershipsContractTest implements MembershipsContract {

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
    public Memberships emptyMemberships() {
        return redis.node().memberships();
    }

    RedisBackend another() {
        return redis.node();
    }
}
