package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.Receipt;
import io.embedim.model.ImException;
import io.embedim.runtime.ThreadRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** H2 in a file that cannot be written, or not any more. */
class H2FailureTest {

    private final Path directory = Pools.quickDirectory();

    @AfterEach
    void delete() {
        Pools.delete(directory);
    }

    @Test
    void databaseThatIsReadOnlyIsRefusedAtTheStart() {
        try (HikariDataSource pool = Pools.h2(directory, "")) {
            Node.on(pool).close();
        }

        try (HikariDataSource pool = Pools.h2(directory, ";ACCESS_MODE_DATA=r")) {
            assertThatThrownBy(() -> Node.on(pool))
                    .isInstanceOf(ImException.class)
                    .hasMessageStartingWith("the broker cannot use the database: ")
                    .hasMessageContaining("read only");
        }
    }

    @Test
    void versionThatLosesWhatIsOnTheDiskIsRefusedUnlessNobodyWaitsForTheDisk() {
        try (HikariDataSource pool = Pools.h2(directory, "");
                ThreadRuntime runtime = ThreadRuntime.start()) {
            DataSource forgetful = Versions.of(pool, "2.5.252 (2026-07-01)");

            assertThatThrownBy(() -> JdbcBroker.builder(forgetful, runtime).open())
                    .isInstanceOf(ImException.class)
                    .hasMessageContaining("2.5.252 loses committed data");
            JdbcBroker.builder(forgetful, runtime).waitForDisk(false).open().close();
        }
    }

    @Test
    void fileThatAnotherProcessHasOpenIsRefusedAtTheStart() throws IOException, InterruptedException {
        String url = "jdbc:h2:file:" + directory.resolve("chat");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        url,
                        "sa",
                        "group",
                        "word")
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(child.getInputStream().read())
                    .as("the first word of the process")
                    .isPositive();
            org.h2.jdbcx.JdbcDataSource source = new org.h2.jdbcx.JdbcDataSource();
            source.setUrl(url);

            assertThatThrownBy(() -> Node.on(source))
                    .isInstanceOf(ImException.class)
                    .hasMessageStartingWith("the broker cannot use the database: ")
                    .hasMessageContaining("already in use");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void rowThatSomebodyElseHasLockedIsSaidSo() throws SQLException {
        try (HikariDataSource pool = Pools.h2(directory, ";LOCK_TIMEOUT=300");
                Node node = Node.on(pool)) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("SELECT * FROM im_broker FOR UPDATE");

                assertThat(Node.failure(node.begin("locked")))
                        .startsWith(
                                "append to g:g was not made: expected success; the database answered HYT00: Timeout trying to lock table");
            }
            assertThat(node.begin("locked").join().duplicate()).isFalse();
        }
    }

    @Test
    void fullDiskCostsNoReceipt() throws IOException, InterruptedException {
        Path small = Files.createDirectory(directory.resolve("small"));
        Assumptions.assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small.toString()),
                "no right to mount a small file system");
        try {
            List<CompletableFuture<Receipt>> all = new ArrayList<>();
            try (HikariDataSource pool = Pools.h2(small, "");
                    Node node = Node.on(pool)) {
                String failure = "";
                for (int i = 0; failure.isEmpty() && i < 2_000; i++) {
                    CompletableFuture<Receipt> next = node.broker
                            .publish(Drafts.say(Node.GROUP, "a", i + " " + "x".repeat(10_000)))
                            .toCompletableFuture();
                    all.add(next);
                    failure = Node.failure(next);
                }
                assertThat(failure)
                        .containsAnyOf("was not made", "unknown outcome")
                        .contains("No space left on device");
                assertThat(isDone("mount", "-o", "remount,size=64m", small.toString()))
                        .isTrue();
                node.awaitRecovery();
                all.add(node.begin("after"));
                assertThat(Node.failure(all.get(all.size() - 1))).isEmpty();
                List<Receipt> receipts = all.stream()
                        .filter(one -> Node.failure(one).isEmpty())
                        .map(CompletableFuture::join)
                        .toList();
                assertThat(receipts).hasSizeGreaterThan(10);
                assertThat(node.readAll().entries())
                        .extracting(message -> message.position())
                        .containsAll(receipts.stream().map(Receipt::position).toList());
                node.assertHeardAsLogged();
            }
        } finally {
            isDone("umount", "-l", small.toString());
        }
    }

    private static boolean isDone(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
