package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresRulesTest implements DatabaseRules, BookRules {

    private static Postgres server;

    private HikariDataSource pool;

    @BeforeAll
    static void start() {
        server = Postgres.start(false);
    }

    @AfterAll
    static void stop() {
        if (server != null) { // Null where the test is skipped.
            server.close();
        }
    }

    @BeforeEach
    void empty() {
        pool = server.pool();
        DatabaseRules.run(pool, "DROP SCHEMA public CASCADE");
        DatabaseRules.run(pool, "CREATE SCHEMA public");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Override
    public DataSource database() {
        return pool;
    }
}
