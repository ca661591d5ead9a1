package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/how-to/history-and-devices.md shows. */
class HistoryExampleTest {

    private final Authenticator authenticator =
            handshake -> CompletableFuture.completedFuture(new Authentication.Refused(401, "nobody"));
    private final List<String> notifications = new CopyOnWriteArrayList<>();

    @Test
    void serverInMemoryIsReady() throws Exception {
        // tag::memory[]
        ImServer server = ImServer.builder()
                .authenticator(authenticator)
                .v2(V2Settings.inMemory())
                .build();
        // end::memory[]

        assertThat(server.health().toCompletableFuture().get().ready()).isTrue();
        server.close();
    }

    @Test
    void serverWithDatabaseIsReady(@TempDir Path directory) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("chat"));
        ThreadRuntime runtime = ThreadRuntime.start();
        // tag::push[]
        ImListener push = new ImListener() {
            @Override
            public void undelivered(Draft message, Receipt receipt) {
                notifications.add(message.recipient() + ": new message from " + message.senderName());
            }
        };
        // end::push[]
        try (HikariDataSource database = new HikariDataSource(config)) {
            JdbcBroker broker = JdbcBroker.builder(database, runtime).open();
            // tag::jdbc[]
            ImServer server = ImServer.builder()
                    .authenticator(authenticator)
                    .runtime(runtime)
                    .broker(broker)
                    .memberships(broker.memberships())
                    .v2(V2Settings.inMemory().directory(broker.directory()).watermarks(broker.watermarks()))
                    .listener(push)
                    .build();
            // end::jdbc[]

            assertThat(server.health().toCompletableFuture().get().ready()).isTrue();
            server.close();
        }
    }
}
