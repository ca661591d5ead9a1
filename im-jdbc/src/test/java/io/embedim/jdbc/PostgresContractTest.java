package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ThreadRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresContractTest implements DatabaseContract {

    private static Postgres server;
    private static HikariDataSource pool;

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @BeforeAll
    static void open() {
        server = Postgres.start(false);
        pool = server.pool();
    }

    @AfterAll
    static void close() {
        if (server != null) { // Null where the test is skipped.
            pool.close();
            server.close();
        }
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    @Override
    public LogBroker newLogBroker(Retention retention) {
        return JdbcBroker.builder(pool, runtime).retention(retention).open();
    }
}
