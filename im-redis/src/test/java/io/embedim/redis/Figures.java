package io.embedim.redis;

import io.embedim.cluster.NodeId;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ThreadRuntime;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures what docs/how-to/cluster.md says. No test by its name, so only who names it runs it; the page has the command. */
@Timeout(300)
class Figures {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("im.figures.seconds", 5));
    private static final int OUTSTANDING = 512;
    private static final int GROUPS = 1_000;
    private static final int IN_A_GROUP = 20;
    /** Few, and for a moment only, so that the state of a conversation that has been in use for days is there within the first round. */
    private static final int FULL = 30;

    private static final Duration WINDOW = Duration.ofSeconds(4);
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

            RedisBackend full = RedisBackend.builder(server.uri(), runtime)
                    .prefix("full")
                    .retention(new Retention(FULL, Duration.ofDays(30), 1 << 20))
                    .dedupeWindow(WINDOW)
                    .open();

            for (int round = 0; round < 3; round++) {
                server.ask("DEL", "bare"); // Of the round before.
                measure("bare XADD", server, i -> bare.xadd(key, RedisKeys.bytes("b"), value));
                measure("bare PUBLISH", server, i -> bare.publish(channel, value));
                measure("bare XADD and PUBLISH", server, i -> {
                    CompletionStage<?> unused = bare.xadd(key, RedisKeys.bytes("b"), value);
                    return bare.publish(channel, value);
                });
                measure(
                        "append without an id",
                        server,
                        i -> redis.broker().append(Drafts.say(Drafts.group("g" + i % GROUPS), "a", WORDS)));
                measure(
                        "append with an id",
                        server,
                        i -> redis.broker()
                                .append(Drafts.sayOnce(Drafts.group("h" + i % GROUPS), "a", WORDS, "id" + i)));
                measure(
                        "append with an id to a full conversation that has been in use for long",
                        server,
                        i -> full.broker()
                                .append(Drafts.sayOnce(Drafts.group("f" + i % GROUPS), "a", WORDS, "id" + i)));
            }
            full.close();
            client.shutdown();
        }
    }

    /** What happens when a node has lost its lease, or Redis is another one. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 50_000})
    void sessionsArePutAnew(int count) {
        try (TestRedis server = TestRedis.start();
                ChatNode node = new ChatNode(server.uri(), "im", builder -> builder)) {
            for (int i = 0; i < count; i++) {
                ChatNode.Client client = node.client();
                client.send("join", 2, i / IN_A_GROUP + 1, "u" + i, "\"content\":\"c\"");
                if (i % OUTSTANDING == 0) {
                    client.heardOf("\"code\":0");
                }
            }
            NodeId before = node.redis.cluster().self();
            awaitSessions(server, before, count);

            double cpu = cpu(server);
            node.redis.cluster().doubt();
            Awaitility.await()
                    .atMost(ChatNode.PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !node.redis.cluster().self().equals(before));
            long begin = System.nanoTime();
            awaitSessions(server, node.redis.cluster().self(), count);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.println(String.format(
                    Locale.ROOT,
                    "%d sessions put anew: %.2f s, %.2f s of Redis's processor, %.1f µs each",
                    count,
                    seconds,
                    cpu(server) - cpu,
                    (cpu(server) - cpu) * 1e6 / count));
        }
    }

    private static void awaitSessions(TestRedis server, NodeId node, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> server.ask("ZCARD", "im:{s}:n:" + node.value()).equals(Integer.toString(count)));
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
