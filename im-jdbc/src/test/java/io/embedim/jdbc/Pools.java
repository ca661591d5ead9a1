package io.embedim.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Pools of connections to the databases under test, and directories for them. */
final class Pools {

    private Pools() {}

    /** H2 in a file. */
    static HikariDataSource h2(Path directory, String options) {
        return pool("jdbc:h2:file:" + directory.resolve("chat") + options, "sa");
    }

    static HikariDataSource pool(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(6);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        return new HikariDataSource(config);
    }

    /** In memory where the system has a file system for that: for tests of rules, which need no disk. */
    static Path quickDirectory() {
        Path shared = Path.of("/dev/shm");
        try {
            return Files.isWritable(shared)
                    ? Files.createTempDirectory(shared, "im-jdbc-")
                    : Files.createTempDirectory("im-jdbc-");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
