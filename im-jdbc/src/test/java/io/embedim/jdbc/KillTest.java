package io.embedim.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was acknowledged is there when the process is killed, once and in its place. */
@Tag("slow")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillTest {

    @Test
    void h2KeepsWhatAKilledProcessWasToldItHas() throws IOException, InterruptedException {
        inH2("");
    }

    /** H2 leaves free space in its file alone for 45 seconds, unless it is told otherwise; only then it writes into the middle of it. */
    @Test
    void h2KeepsItWhereSpaceInItsFileIsUsedAgain() throws IOException, InterruptedException {
        inH2(";RETENTION_TIME=0");
    }

    private static void inH2(String options) throws IOException, InterruptedException {
        Path directory = Pools.quickDirectory();
        try {
            String url = "jdbc:h2:file:" + directory.resolve("chat") + options;
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
