package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.testkit.ManualRuntime;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AdapterExampleTest {

    @Test
    void anAdapterDrivesTheServer() {
        ManualRuntime runtime = new ManualRuntime();
        ImServer server = ImServer.builder().trustClaims().runtime(runtime).build();
        StringWriter pipe = new StringWriter();
        // tag::drive[]
        // A client has connected:
        Inbound client = server.open(
                new WriterConnection(pipe, runtime.executor()),
                Handshake.at("/im").remoteAddress("192.0.2.1").build());

        // It has sent a text, here in two parts:
        client.received("{\"event\":", false);
        client.received("\"ping\"}", true);

        // It has gone:
        client.closed(CloseReason.LOST, null);
        // end::drive[]
        runtime.runAll();
        assertThat(server.connections()).isZero();

        Inbound other = server.open(
                new WriterConnection(pipe, runtime.executor()),
                Handshake.at("/im").build());
        other.received("{\"event\":\"ping\"}", true);
        runtime.runAll();
        assertThat(pipe).hasToString("{\"code\":0,\"msg\":\"心跳检测\",\"data\":[]}\n");
    }
}
