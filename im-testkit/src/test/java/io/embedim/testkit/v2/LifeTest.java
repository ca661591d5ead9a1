package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.connection.Handshake;
import io.embedim.model.Heartbeat;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.security.TicketAuthenticator;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How connections of im.v2 begin, live and end (docs/protocol-v2.md V-FRAME, V-HELLO). */
class LifeTest {

    private final V2Clients clients = V2Clients.authenticated();

    /** Every ticket names its user. */
    private static final class Tickets implements TicketAuthenticator {

        @Override
        public CompletionStage<Authentication> authenticate(Handshake handshake) {
            return CompletableFuture.completedFuture(new Authentication.Pending());
        }

        @Override
        public CompletionStage<Authentication> authenticate(String ticket) {
            return CompletableFuture.completedFuture(
                    ticket.equals("wrong")
                            ? new Authentication.Refused(401, "wrong")
                            : new Authentication.Accepted(Identity.of(UserId.of(ticket))));
        }
    }

    private static V2Clients withTickets() {
        return new V2Clients(
                new ManualRuntime(),
                ImServer.builder().authenticator(new Tickets()).v2(V2Settings.inMemory()));
    }

    @Test
    void firstTicketIsAnsweredByHelloAndThenByItsId() {
        Client client = withTickets().open("im.v2", Map.of());
        assertThat(client.heard()).isEmpty();

        List<JsonNode> answer = client.ask("{'event':'auth','id':'a1','ticket':'ann'}");

        assertThat(summaries(answer)).containsExactly("hello", "auth");
        assertThat(answer.get(1).path("id").asString()).isEqualTo("a1");
    }

    @Test
    void laterTicketIsAnsweredByItsIdAndThatOfAnotherUserIsRefused() {
        Client client = withTickets().open("im.v2", Map.of());
        client.send("{'event':'auth','ticket':'ann'}").heard();

        List<JsonNode> again = client.ask("{'event':'auth','id':'a2','ticket':'ann'}");
        List<JsonNode> other = client.ask("{'event':'auth','id':'a3','ticket':'eve'}");

        assertThat(again)
                .singleElement()
                .satisfies(one -> assertThat(one.path("id").asString()).isEqualTo("a2"));
        assertThat(summaries(other)).containsExactly("error auth");
        assertThat(other.get(0).path("id").asString()).isEqualTo("a3");
        assertThat(client.closeCode()).isZero();
    }

    @Test
    void whoSaysSomethingBeforeItsTicketIsClosed() {
        Client client = withTickets().open("im.v2", Map.of());

        client.send("{'event':'sync','conversations':[]}");

        assertThat(client.closeCode()).isEqualTo(4100);
    }

    @Test
    void whatIsNoJsonClosesAndWhatBreaksARuleDoesNot() {
        Client ann = clients.v2("ann");

        assertThat(summaries(ann.ask("{'event':'speak'}"))).containsExactly("error speak");
        assertThat(ann.closeCode()).isZero();
        ann.send("{");

        assertThat(ann.closeCode()).isEqualTo(1007);
    }

    @Test
    void binaryAndTooLongMessagesClose() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");

        ann.inbound.receivedBinary();
        bob.send("{'event':'ping','id':'" + "x".repeat(70_000) + "'}");
        clients.runtime.runAll();

        assertThat(ann.closeCode()).isEqualTo(1003);
        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @Test
    void drainedClientIsToldToComeBack() {
        Client ann = clients.v2("ann");

        CompletableFuture<?> drained = clients.server
                .drain(Duration.ofSeconds(1), Duration.ofSeconds(10))
                .toCompletableFuture();
        clients.runtime.advance(Duration.ofSeconds(2));

        assertThat(ann.closeCode()).isEqualTo(4001);
        assertThat(drained).isDone();
    }

    @Test
    void heartbeatIsAPingEvenWhereClassicClientsGetAMessage() {
        V2Clients beating = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder().v2(V2Settings.inMemory()).heartbeat(Heartbeat.messages(Duration.ofSeconds(25))));
        Client ann = beating.v2("ann");

        beating.runtime.advance(Duration.ofMinutes(2));

        assertThat(ann.connection.pings()).isPositive();
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void connectionIsInNoMoreGroupsThanItMayBe() {
        V2Clients few = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .limits(Limits.defaults().withGroupsPerConnection(2)));
        Client ann = few.v2("ann");
        ann.send("{'event':'join','group_id':'1'}").send("{'event':'join','group_id':'2'}");

        assertThat(summaries(ann.ask("{'event':'join','group_id':'3'}"))).containsExactly("error join");
        ann.send("{'event':'leave','group_id':'1'}");
        assertThat(ann.ask("{'event':'join','group_id':'3'}").toString()).contains("\"status\":\"ok\"");
    }
}
