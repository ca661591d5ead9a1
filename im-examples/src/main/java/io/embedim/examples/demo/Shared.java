package io.embedim.examples.demo;

import io.embedim.ImServerBuilder;
import io.embedim.model.ImException;
import io.embedim.redis.RedisBackend;
import io.embedim.runtime.ThreadRuntime;
import org.jspecify.annotations.Nullable;

/** What this demo shares with others: all that is in a Redis, or nothing. */
final class Shared implements AutoCloseable {

    private final @Nullable ThreadRuntime runtime;
    private final @Nullable RedisBackend redis;

    private Shared(@Nullable ThreadRuntime runtime, @Nullable RedisBackend redis) {
        this.runtime = runtime;
        this.redis = redis;
    }

    static Shared at(String uri) throws UsageException {
        if (uri.isEmpty()) {
            return new Shared(null, null);
        }
        ThreadRuntime runtime = ThreadRuntime.start();
        try {
            return new Shared(
                    runtime,
                    RedisBackend.builder(uri, runtime).prefix("im-demo").open());
        } catch (ImException e) {
            runtime.close();
            throw new UsageException("--redis: " + e.getMessage());
        }
    }

    ImServerBuilder with(ImServerBuilder builder) {
        return redis == null || runtime == null
                ? builder
                : builder.runtime(runtime)
                        .broker(redis.broker())
                        .sessionStore(redis.sessions())
                        .memberships(redis.memberships())
                        .bans(redis.bans())
                        .cluster(redis.cluster());
    }

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
