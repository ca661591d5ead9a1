package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

class H2RulesTest implements DatabaseRules, BookRules {

    private final Path directory = Pools.quickDirectory();
    private final List<HikariDataSource> pools = new ArrayList<>();

    @Override
    public DataSource database() {
        HikariDataSource pool = Pools.h2(directory, "");
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void close() {
        pools.forEach(HikariDataSource::close);
        Pools.delete(directory);
    }
}
