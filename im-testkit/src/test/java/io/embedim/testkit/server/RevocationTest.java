package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.security.SignedTickets;
import io.embedim.security.TicketKeys;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Attack: stay, or come back, with a proof that counts no longer. Revocation takes effect at once. C-AUTH, C-BAN. */
class RevocationTest {

    private static final UserId MALLORY = UserId.of("mallory");
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualRuntime runtime = new ManualRuntime();
    private final TicketKeys old = TicketKeys.of("old", secret(1));
    private final AtomicReference<TicketKeys> keys = new AtomicReference<>(old);
    private final SignedTickets tickets = SignedTickets.of(keys::get).withClock(runtime::now);
    private final Clients clients = new Clients(runtime, ImServer.builder().authenticator(tickets));

    @Test
    void aKickedDeviceIsOutAndTheOthersStay() {
        Clients.Client phone = comesAs(MALLORY);
        Clients.Client laptop = comesAs(MALLORY);

        clients.now(clients.server.kick(Target.connection(phone.id())));

        assertThat(phone.connection.closeReason()).contains(CloseReason.KICKED);
        assertThat(laptop.closeCode()).isZero();
        clients.now(clients.server.kick(Target.user(MALLORY)));
        assertThat(laptop.closeCode()).isEqualTo(4102);
    }

    @Test
    void whatAKickedOrBannedClientSaysIsNotHeard() {
        Clients.Client victim = comesAs(UserId.of("bob"));
        Clients.Client kicked = comesAs(MALLORY);
        clients.now(clients.server.kick(Target.user(MALLORY)));
        Clients.Client banned = comesAs(MALLORY);
        clients.now(clients.server.ban(MALLORY, HOUR));

        kicked.speakTo("mallory", "bob", "still here");
        banned.speakTo("mallory", "bob", "still here");

        assertThat(victim.heard()).isEmpty();
    }

    @Test
    void aTicketThatIsStillGoodDoesNotOpenToABannedUser() {
        String ticket = tickets.issue(MALLORY, HOUR);
        assertThat(clients.openWith(ticket).closeCode()).isZero();

        clients.now(clients.server.ban(MALLORY, HOUR));

        assertThat(clients.openWith(ticket).closeCode()).isEqualTo(4104);
    }

    @Test
    void aTicketOfARetiredKeyOpensNothingFromThatMomentOn() {
        String ticket = tickets.issue(MALLORY, HOUR);
        TicketKeys fresh = TicketKeys.of("new", secret(2));
        keys.set(fresh.accepting("old", secret(1)));
        assertThat(clients.openWith(ticket).closeCode()).isZero();

        keys.set(fresh);

        assertThat(clients.openWith(ticket).closeCode()).isEqualTo(4100);
    }

    @Test
    void whoseProofHasEndedIsOutWithinASecondOrTwo() {
        Clients.Client client = clients.openWith(tickets.issue(MALLORY, Duration.ofSeconds(30)));

        runtime.advance(Duration.ofSeconds(29));
        assertThat(client.closeCode()).isZero();
        runtime.advance(Duration.ofSeconds(3));

        assertThat(client.closeCode()).isEqualTo(4101);
    }

    private Clients.Client comesAs(UserId user) {
        return clients.openWith(tickets.issue(user, HOUR));
    }

    private static byte[] secret(int value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) value);
        return secret;
    }
}
