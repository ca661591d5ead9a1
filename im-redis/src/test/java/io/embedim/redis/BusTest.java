package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.runtime.ThreadRuntime;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A master says no to a subscription; what a Cluster says is said here by a line that stands before a real Redis. */
class BusTest {

    private final TestRedis server = TestRedis.start();
    private final ThreadRuntime runtime = ThreadRuntime.start();
    private Connections connections;

    @BeforeEach
    void connect() {
        connections = Connections.open(RedisURI.create(server.uri()), Duration.ofSeconds(4), false);
    }

    @AfterEach
    void end() {
        connections.close();
        runtime.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MOVED 1 127.0.0.1:1", "CLUSTERDOWN Hash slot not served"})
    void whoWaitsGetsItsSubscriptionWhereTheSlotIsAndTheConnectionStaysForOthers(String why) {
        RefusesTwice line = new RefusesTwice(new OneLine(connections), why);
        Bus bus = new Bus(line, "own", runtime, new Deaf());

        Hearing.await(bus.open());

        assertThat(bus.trouble()).isNull();
        assertThat(line.connects).as("asked where the slot is, each time anew").hasValue(3);
        assertThat(line.givenUp).as("connections given up").hasValue(0);
        bus.close();
    }

    @Test
    void whatIsRefusedForAnotherReasonIsNotTriedAgain() {
        RefusesTwice line = new RefusesTwice(new OneLine(connections), "NOPERM no permissions");
        Bus bus = new Bus(line, "own", runtime, new Deaf());

        assertThat(Hearing.failure(bus.open()))
                .isEqualTo("subscription was not made: expected success; Redis answered: NOPERM no permissions");
        assertThat(line.connects).hasValue(1);
        bus.close();
    }

    private static final class RefusesTwice implements Line {

        private final Line line;
        private final String why;
        private final AtomicInteger left = new AtomicInteger(2);
        private final AtomicInteger connects = new AtomicInteger();
        private final AtomicInteger givenUp = new AtomicInteger();

        RefusesTwice(Line line, String why) {
            this.line = line;
            this.why = why;
        }

        @Override
        public CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Bus bus) {
            connects.incrementAndGet();
            return line.connect(bus);
        }

        @Override
        public void back() {
            line.back();
        }

        @Override
        public void giveUp(StatefulRedisPubSubConnection<byte[], byte[]> connection, String cause) {
            givenUp.incrementAndGet();
            line.giveUp(connection, cause);
        }

        @Override
        public CompletionStage<?> subscribe(
                StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
            return left.getAndDecrement() > 0
                    ? CompletableFuture.failedFuture(new RedisCommandExecutionException(why))
                    : line.subscribe(connection, channels);
        }

        @Override
        public CompletionStage<?> unsubscribe(
                StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
            return line.unsubscribe(connection, channels);
        }

        @Override
        public Link.Call<Long> publish(byte[] channel, byte[] message) {
            return line.publish(channel, message);
        }
    }

    private static final class Deaf implements Bus.Ears {
        @Override
        public void heard(String channel, byte[] message) {
            // Nothing is published here.
        }

        @Override
        public void subscribed(String channel) {
            // What is awaited says it too.
        }
    }
}
