package io.embedim.redis;

import io.embedim.conversation.Directory;
import io.embedim.testkit.contract.DirectoryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisDirectoryContractTest implements DirectoryContract {

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
    public Directory emptyDirectory() {
        return redis.node().directory();
    }

    RedisBackend another() {
        return redis.node();
    }
}
