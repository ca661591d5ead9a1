package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.testkit.contract.LogBrokerContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One node that is all nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBrokerContractTest implements LogBrokerContract {

    /** Longer than any stack would bear, if answers were given inside each other. */
    private static final int CHAIN = 1_500;

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
    public LogBroker newLogBroker(Retention retention) {
        return redis.node(builder -> builder.retention(retention)).broker();
    }

    Broker another() {
        return redis.node().broker();
    }

    /** B6; a shorter chain than for a broker in memory, because each answer goes to Redis and back. */
    @Test
    @Override
    public void listenersThatAnswerEachOtherDoNotOverflowTheStack() {
        LogBroker broker = newLogBroker(Retention.DEFAULT);
        GroupId group = new GroupId("chain");
        CompletableFuture<Integer> end = new CompletableFuture<>();
        broker.attach((topic, event) -> {
            int left = Integer.parseInt(((Message) event).draft().content());
            if (left == 0) {
                end.complete(new Throwable().getStackTrace().length);
            } else {
                CompletionStage<?> unused = broker.publish(numbered(left - 1));
            }
        });
        broker.subscribe(Topic.of(group)).toCompletableFuture().join();

        CompletionStage<?> unused = broker.publish(numbered(CHAIN));

        assertThat(end.orTimeout(60, TimeUnit.SECONDS).join())
                .as("B6: depth of the stack after %s answers", CHAIN)
                .isLessThan(200);
    }

    private static Draft numbered(int number) {
        return Drafts.say(Drafts.group("chain"), "a", Integer.toString(number));
    }
}
