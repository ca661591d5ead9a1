package io.embedim.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there when the process is killed, once and in its place. */
@Tag("slow")
class KillTest {

    @Test
    void h2KeepsWhatAKilledProcessWasToldItHas() throws IOException, InterruptedException {
        Path directory = Pools.quickDirectory();
        try {
            String url = "jdbc:h2:file:" + directory.resolve("chat");
            new KilledProcesses(url, "sa", () -> Pools.pool(url, "sa")).run();
        } finally {
            Pools.delete(directory);
        }
    }

    @Test
    void postgresKeepsWhatAKilledProcessWasToldItHas() throws IOException, InterruptedException {
        try (Postgres server = Postgres.start(true)) {
            new KilledProcesses(server.url("127.0.0.1", server.port()), "postgres", server::pool).run();
        }
    }
}
