package io.embedim.redis;

import io.embedim.conversation.Broker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.testkit.contract.LogBrokerContract;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** One node that is all nodes. */
class RedisBrokerContractTest implements LogBrokerContract {

    private static TestRedis server;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void start() {
        server = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Override
    public LogBroker newLogBroker(Retention retention) {
        ThreadRuntime runtime = ThreadRuntime.start();
        open.push(runtime);
        RedisBackend backend =
                RedisBackend.builder(server.uri(), runtime).retention(retention).open();
        open.push(backend);
        return backend.broker();
    }

    /** On the same Redis. */
    Broker another() {
        return newBroker();
    }
}
