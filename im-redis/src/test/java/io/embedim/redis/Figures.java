package io.embedim.redis;

import io.embedim.runtime.ThreadRuntime;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Measures what docs/how-to/cluster.md says. No test by its name, so only who names it runs it; the page has the command. */
@Timeout(300)
class Figures {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("im.figures.seconds", 5));
    private static final int OUTSTANDING = 512;
    private static final String WORDS = "x".repeat(100);

    @Test
    void publishes() {
        try (TestRedis server = TestRedis.start();
                ThreadRuntime runtime = ThreadRuntime.start();
                RedisBackend redis = RedisBackend.builder(server.uri(), runtime).open()) {
            RedisClient client = RedisClient.create(server.uri());
            StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
            RedisAsyncCommands<byte[], byte[]> bare = connection.async();
            byte[] key = RedisKeys.bytes("bare");
            byte[] channel = RedisKeys.bytes("channel");
            byte[] value = RedisKeys.bytes(WORDS.repeat(3));

            for (int round = 0; round < 3; round++) {
                measure("bare XADD and PUBLISH", server, i -> {
                    CompletionStage<?> unused = bare.xadd(key, Map.of(RedisKeys.bytes("b"), value));
                    return bare.publish(channel, value);
                });
                measure(
                        "append without an id",
                        server,
                        i -> redis.broker().append(Drafts.say(Drafts.group("g" + i % 1_000), "a", WORDS)));
                measure(
                        "append with an id",
                        server,
                        i -> redis.broker()
                                .append(Drafts.sayOnce(Drafts.group("h" + i % 1_000), "a", WORDS, "id" + i)));
            }
            client.shutdown();
        }
    }

    private static void measure(String name, TestRedis server, LongFunction<CompletionStage<?>> call) {
        Semaphore free = new Semaphore(OUTSTANDING);
        AtomicLong done = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        long numbers = System.nanoTime();
        double cpu = cpu(server);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIME.toNanos()) {
            free.acquireUninterruptibly();
            CompletionStage<?> unused = call.apply(++numbers).whenComplete((answer, failure) -> {
                (failure == null ? done : failed).incrementAndGet();
                free.release();
            });
        }
        free.acquireUninterruptibly(OUTSTANDING);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %.0f/s, %.1f µs of Redis's processor each, %d failed",
                name,
                done.get() / seconds,
                (cpu(server) - cpu) * 1e6 / done.get(),
                failed.get()));
    }

    private static double cpu(TestRedis server) {
        return server.ask("INFO", "cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }
}
