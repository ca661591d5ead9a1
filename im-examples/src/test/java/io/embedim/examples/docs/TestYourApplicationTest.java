package io.embedim.examples.docs;

import static io.embedim.testkit.RecordingConnectionAssert.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.Limits;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

// tag::test[]
class TestYourApplicationTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer server = ImServer.builder()
            .trustClaims() // or your authenticator, your policy, your listeners
            .limits(Limits.defaults().withIdleTime(Duration.ofMinutes(1)))
            .runtime(runtime)
            .build();

    @Test
    void whoHasNotJoinedMayNotSpeakInTheGroup() {
        RecordingConnection connection = new RecordingConnection();
        Inbound client = server.open(connection, Handshake.at("/im").build());
        String frame = """
                {"event":"speak","mode":2,"group_id":7,"from_user_id":1,"from_username":"A","content":"hi"}""";

        client.received(frame, true);
        runtime.runAll();

        assertThat(connection)
                .hasReceived("{\"code\":403,\"msg\":\"没有发送该消息的权限\",\"data\":" + frame + "}")
                .isOpen();
    }

    @Test
    void whoIsSilentForTooLongIsClosed() {
        RecordingConnection connection = new RecordingConnection();
        server.open(connection, Handshake.at("/im").build());

        runtime.advance(Duration.ofMinutes(2));

        assertThat(connection).hasReceivedNothing().isClosedWith(4003);
    }
}
// end::test[]
