package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Retention;
import io.embedim.runtime.ThreadRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class H2ContractTest implements DatabaseContract {

    private static Path directory;
    private static HikariDataSource pool;

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @BeforeAll
    static void open() {
        directory = Pools.quickDirectory();
        pool = Pools.h2(directory, "");
    }

    @AfterAll
    static void close() {
        pool.close();
        Pools.delete(directory);
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
