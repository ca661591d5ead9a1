package io.embedim.redis;

import io.embedim.runtime.ThreadRuntime;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One Redis for a class of tests, or a Cluster that is there already; and for each test names of its own in it and as many nodes as it likes. */
final class OneRedis implements AutoCloseable {

    final TestRedis server;
    private final @Nullable ThreeMasters cluster;
    private final UnaryOperator<RedisBackendBuilder> always;
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private String prefix = "";

    OneRedis(String... options) {
        server = TestRedis.start(options);
        cluster = null;
        always = builder -> builder;
        nextTest();
    }

    /** Within this Cluster, which is left to who has started it. */
    OneRedis(ThreeMasters cluster) {
        this(cluster, builder -> builder);
    }

    /** The same, with nodes that are set like this. */
    OneRedis(ThreeMasters cluster, UnaryOperator<RedisBackendBuilder> always) {
        server = cluster.first();
        this.cluster = cluster;
        this.always = always;
        nextTest();
    }

    RedisBackend node() {
        return node(builder -> builder);
    }

    RedisBackend node(UnaryOperator<RedisBackendBuilder> settings) {
        ThreadRuntime runtime = ThreadRuntime.start();
        open.push(runtime);
        RedisBackend backend = settings.apply(
                        always.apply(RedisBackend.builder(server.uri(), runtime).prefix(prefix)))
                .open();
        open.push(backend);
        return backend;
    }

    /** Asks whoever has the keys. */
    String ask(String... words) {
        return cluster == null ? server.ask(words) : cluster.ask(words);
    }

    String prefix() {
        return prefix;
    }

    /** Closes what the last one has opened. */
    void nextTest() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new AssertionError("close", e);
            }
        }
        prefix = "t" + UUID.randomUUID();
    }

    @Override
    public void close() {
        nextTest();
        if (cluster == null) {
            server.close();
        }
    }
}
