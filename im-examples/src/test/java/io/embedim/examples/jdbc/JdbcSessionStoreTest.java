package io.embedim.examples.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import io.embedim.testkit.contract.SessionStoreContract;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSessionStoreTest implements SessionStoreContract {

    private static final int CONNECTIONS = 4;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private HikariDataSource database;
    private ExecutorService executor;

    @BeforeEach
    void open() throws SQLException, IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        config.setMaximumPoolSize(CONNECTIONS);
        database = new HikariDataSource(config);
        executor = Executors.newFixedThreadPool(CONNECTIONS);
        try (Connection connection = database.getConnection();
                Reader schema = new InputStreamReader(
                        Objects.requireNonNull(JdbcSessionStore.class.getResourceAsStream("schema.sql")),
                        StandardCharsets.UTF_8)) {
            RunScript.execute(connection, schema);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        database.close();
    }

    @Override
    public SessionStore emptyStore() {
        return new JdbcSessionStore(database, executor, now::get);
    }

    @Test
    void forgetsRemovedSessionsAfterTenMinutes() throws SQLException {
        SessionStore store = emptyStore();
        for (String id : List.of("a", "b", "c")) {
            store.put(session(id), 1).toCompletableFuture().join();
            store.remove(new ConnectionId(id), 2).toCompletableFuture().join();
        }
        assertThat(rows()).isEqualTo(3);

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
        store.remove(new ConnectionId("d"), 1).toCompletableFuture().join();

        assertThat(rows()).isEqualTo(1);
    }

    private long rows() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Sql(connection).number("SELECT COUNT(*) FROM im_session").orElseThrow();
        }
    }

    private static Session session(String id) {
        return new Session(new ConnectionId(id), new NodeId("n"), new UserId("u"), Set.of(), Map.of(), Instant.EPOCH);
    }
}
