package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresBookContractTest implements BookContract {

    private static Postgres server;
    private static HikariDataSource pool;

    private Node node;

    @BeforeAll
    static void start() {
        server = Postgres.start(false);
        pool = server.pool();
    }

    @AfterAll
    static void stop() {
        if (server != null) { // Null where the test is skipped.
            pool.close();
            server.close();
        }
    }

    @BeforeEach
    void open() {
        DatabaseRules.run(pool, "DROP SCHEMA public CASCADE");
        DatabaseRules.run(pool, "CREATE SCHEMA public");
        node = Node.on(pool);
    }

    @Override
    public JdbcBroker broker() {
        return node.broker;
    }

    @AfterEach
    void close() {
        node.close();
    }
}
