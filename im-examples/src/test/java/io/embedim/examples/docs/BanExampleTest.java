package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BanExampleTest {

    private final List<String> logged = new ArrayList<>();

    @Test
    void whoIsBannedIsOut() {
        UserId troll = UserId.of("666");
        try (ImServer server = ImServer.builder().trustClaims().build()) {
            // tag::ban[]
            server.ban(troll, Duration.ofHours(24), "insulted the chair")
                    .thenAccept(report -> log(report.changed() + " connections closed"));
            // end::ban[]

            assertThat(logged).containsExactly("0 connections closed");
            assertThat(server.bans().find(troll).toCompletableFuture().join()).isPresent();
        }
    }

    private void log(String line) {
        logged.add(line);
    }
}
