package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.DrainReport;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainExampleTest {

    private final List<String> logged = new ArrayList<>();

    @Test
    void clientsAreSeenOut() throws Exception {
        ImServer server = ImServer.builder().classicProfile().build();
        RecordingConnection connection = new RecordingConnection();
        server.open(connection, Handshake.at("/im").build());

        // tag::drain[]
        DrainReport report =
                server.drain(Duration.ofSeconds(30)).toCompletableFuture().get(31, TimeUnit.SECONDS);
        log(report.closed() + " seen out, " + report.cut() + " cut off");
        server.close();
        // end::drain[]

        assertThat(logged).containsExactly("1 seen out, 0 cut off");
        assertThat(connection.closeReason().map(CloseReason::code)).contains(4001);
    }

    private void log(String line) {
        logged.add(line);
    }
}
