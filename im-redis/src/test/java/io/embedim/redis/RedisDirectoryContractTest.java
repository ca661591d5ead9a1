package io.embedim.redis;

import io.embedim.conversation.Directory;
import io.embedim.testkit.contract.DirectoryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisDirectoryContractTest implements DirectoryContract {

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
    public Directory emptyDirectory() {
        return redis.node().directory();
    }

    RedisBackend another() {
        return redis.node();
    }
}
