package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class H2BookContractTest implements BookContract {

    private final Path directory = Pools.quickDirectory();
    private final HikariDataSource pool = Pools.h2(directory, "");
    private final Node node = Node.on(pool);

    @Override
    public JdbcBroker broker() {
        return node.broker;
    }

    @AfterEach
    void close() {
        node.close();
        pool.close();
        Pools.delete(directory);
    }
}
