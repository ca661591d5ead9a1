package io.embedim.examples.docs;

import static io.embedim.testkit.RecordingConnectionAssert.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.model.UserId;
import io.embedim.security.SignedTickets;
import io.embedim.security.TicketKeys;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TicketExampleTest {

    private static final String PING = "{\"event\":\"ping\"}";
    private static final String PONG = "{\"code\":0,\"msg\":\"心跳检测\",\"data\":[]}";

    private final byte[] secret = new byte[32];

    @Test
    void aTicketLetsItsUserIn() {
        // tag::server[]
        SignedTickets tickets = SignedTickets.of(TicketKeys.of("2026-11", secret));
        ImServer server = ImServer.builder().authenticator(tickets).build();
        // end::server[]
        // tag::issue[]
        String ticket = tickets.issue(UserId.of("10086"), Duration.ofMinutes(5));
        // end::issue[]

        try (server) {
            answers(server, ticket, PONG);
            RecordingConnection stranger = open(server, ticket + "x");
            Awaitility.await().untilAsserted(() -> assertThat(stranger).isClosedWith(4100));
        }
    }

    @Test
    void anOldKeyIsBelievedUntilItIsLeftOut() {
        byte[] november = new byte[32];
        byte[] december = new byte[64];
        // tag::rotate[]
        AtomicReference<TicketKeys> keys = new AtomicReference<>(TicketKeys.of("2026-11", november));
        SignedTickets tickets = SignedTickets.of(keys::get);

        // In December:
        keys.set(TicketKeys.of("2026-12", december).accepting("2026-11", november));
        // end::rotate[]
        String old = SignedTickets.of(TicketKeys.of("2026-11", november)).issue(UserId.of("1"), Duration.ofMinutes(5));

        try (ImServer server = ImServer.builder().authenticator(tickets).build()) {
            answers(server, old, PONG);
            answers(server, tickets.issue(UserId.of("2"), Duration.ofMinutes(5)), PONG);
        }
    }

    private static void answers(ImServer server, String ticket, String answer) {
        RecordingConnection client = open(server, ticket);
        Awaitility.await().untilAsserted(() -> assertThat(client).hasReceived(answer));
    }

    private static RecordingConnection open(ImServer server, String ticket) {
        RecordingConnection connection = new RecordingConnection();
        server.open(
                        connection,
                        Handshake.at("/im")
                                .query(Map.of("ticket", List.of(ticket)))
                                .build())
                .received(PING, true);
        return connection;
    }
}
