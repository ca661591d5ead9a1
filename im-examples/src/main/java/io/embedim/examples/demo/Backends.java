package io.embedim.examples.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.ImServerBuilder;
import io.embedim.V2Settings;
import io.embedim.jdbc.JdbcBroker;
import io.embedim.model.ImException;
import io.embedim.redis.RedisBackend;
import io.embedim.runtime.ThreadRuntime;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the demo's server stands on: memory, a database in a directory, or a Redis that it shares with other demos. */
final class Backends implements AutoCloseable {

    private final UnaryOperator<ImServerBuilder> plug;
    private final V2Settings v2;
    private final Runnable end;

    private Backends(UnaryOperator<ImServerBuilder> plug, V2Settings v2, Runnable end) {
        this.plug = plug;
        this.v2 = v2;
        this.end = end;
    }

    static Backends of(DemoOptions options) throws UsageException {
        Optional<Path> data = options.data();
        if (!options.redis().isEmpty()) {
            if (data.isPresent()) {
                throw new UsageException(
                        "--data and --redis exclude each other: with Redis, that is where what is said is kept");
            }
            return inRedis(options.redis());
        }
        return data.isPresent()
                ? inDirectory(data.get())
                : new Backends(builder -> builder, V2Settings.inMemory(), () -> {});
    }

    private static Backends inRedis(String uri) throws UsageException {
        ThreadRuntime runtime = ThreadRuntime.start();
        try {
            RedisBackend redis =
                    RedisBackend.builder(uri, runtime).prefix("im-demo").open();
            return new Backends(
                    builder -> builder.runtime(runtime)
                            .broker(redis.broker())
                            .sessionStore(redis.sessions())
                            .memberships(redis.memberships())
                            .bans(redis.bans())
                            .cluster(redis.cluster()),
                    V2Settings.inMemory().directory(redis.directory()).watermarks(redis.watermarks()),
                    redis::close);
        } catch (ImException e) {
            runtime.close();
            throw new UsageException("--redis: " + e.getMessage());
        }
    }

    private static Backends inDirectory(Path directory) throws UsageException {
        ThreadRuntime runtime = ThreadRuntime.start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + directory.toAbsolutePath().resolve("chat"));
        HikariDataSource database = null;
        try {
            database = new HikariDataSource(config);
            JdbcBroker broker = JdbcBroker.builder(database, runtime).open();
            return new Backends(
                    builder -> builder.runtime(runtime).broker(broker).memberships(broker.memberships()),
                    V2Settings.inMemory().directory(broker.directory()).watermarks(broker.watermarks()),
                    database::close);
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            }
            runtime.close();
            throw new UsageException("--data: " + e.getMessage());
        }
    }

    /** Under the classic profile anybody may claim to be anybody, and reads what that user may read. */
    ImServerBuilder with(ImServerBuilder builder, Profile profile) {
        return plug.apply(builder).v2(profile == Profile.CLASSIC ? v2.openHistory() : v2);
    }

    /** After the server. */
    @Override
    public void close() {
        end.run();
    }
}
