package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.security.SignedTickets;
import io.embedim.security.TicketKeys;
import io.embedim.testkit.ManualRuntime;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: come in, or become somebody else, with a ticket that was made, altered or taken. What a single text may say is in {@code SignedTicketsTest} of im-core: payloads, headers
 * without key or algorithm, wrong characters; what {@code auth} frames do is in {@link TicketInFrameTest}; retired keys and bans are in {@link RevocationTest}. C-AUTH.
 */
class TicketAttackTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId MALLORY = UserId.of("mallory");
    private static final byte[] SECRET = secret(1);
    private static final byte[] OLD_SECRET = secret(2);
    private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"new\"}";
    private static final String BODY = "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":9000000000}";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String REFUSED = "401 ticket无效或已过期";
    private static final String NOT_YOU = "403 发送者与当前登录用户不一致";

    private final ManualRuntime runtime = new ManualRuntime();
    private final AtomicReference<TicketKeys> keys =
            new AtomicReference<>(TicketKeys.of("new", SECRET).accepting("old", OLD_SECRET));
    private final SignedTickets tickets =
            SignedTickets.of(keys::get).withClock(runtime::now).inFirstFrame();
    private final Clients clients = new Clients(runtime, ImServer.builder().authenticator(tickets));

    @Test
    void whatTheTestsSignIsBelieved() {
        opens(signed(HEADER, BODY, "HmacSHA256", SECRET));
    }

    @Test
    void noBitOfATicketCanBeFlipped() {
        String ticket = tickets.issue(ALICE, HOUR);

        for (int at = 0; at < ticket.length(); at++) {
            for (int bit = 0; bit < 16; bit++) {
                char flipped = (char) (ticket.charAt(at) ^ (1 << bit));
                isRefused(ticket.substring(0, at) + flipped + ticket.substring(at + 1));
            }
        }
    }

    @Test
    void noPartOfATicketCanBeLeftOutDoubledOrMoved() {
        String ticket = tickets.issue(ALICE, HOUR);

        for (int at = 0; at < ticket.length(); at++) {
            isRefused(ticket.substring(0, at));
            isRefused(ticket.substring(0, at) + ticket.substring(at + 1));
            isRefused(ticket.substring(0, at + 1) + ticket.substring(at));
            isRefused(ticket.substring(at + 1) + ticket.substring(0, at + 1) + " ");
        }
        for (String more : List.of("A", "=", "==", ".", " ", "\n", "%3D", ticket)) {
            isRefused(ticket + more);
            isRefused(more + ticket);
        }
    }

    /** The last letter of a signature has bits that decode to nothing: one ticket, one text. */
    @Test
    void aSignatureIsWrittenInOneWay() {
        String ticket = tickets.issue(ALICE, HOUR);
        int last = ticket.length() - 1;

        ALPHABET.chars()
                .filter(other -> other != ticket.charAt(last))
                .forEach(other -> isRefused(ticket.substring(0, last) + (char) other));
    }

    @ParameterizedTest
    @CsvSource({"none, HmacSHA256", "HS384, HmacSHA384", "HS512, HmacSHA512", "RS256, HmacSHA256", "HS256, HmacSHA384"})
    void anotherAlgorithmIsNotBelievedEvenWithTheRightSecret(String algorithm, String mac) {
        opensNothing(signed("{\"alg\":\"" + algorithm + "\",\"kid\":\"new\"}", BODY, mac, SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kid\":\"\"",
                "\"kid\":\"NEW\"",
                "\"kid\":\"new \"",
                "\"kid\":\"new\\u0000\"",
                "\"kid\":\"../new\"",
                "\"kid\":\"retired\"",
                "\"kid\":null",
                "\"kid\":0",
                "\"kid\":[\"new\"]",
                "\"KID\":\"new\"",
                "\"kid\":\"old\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"}",
                "\"kid\":\"new\",\"kid\":\"new\"",
                "\"kid\":\"new\",\"\\u006bid\":\"old\"",
                "\"kid\":\"new\",\"alg\":\"none\"",
                "\"kid\":\"new\",\"crit\":[]"
            })
    void theKeyIsTheOneThatTheHeaderNamesOnce(String fields) {
        opensNothing(signed("{\"alg\":\"HS256\"," + fields + "}", BODY, "HmacSHA256", SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"aud\":\"im\"",
                "\"aud\":\"other\"",
                "\"\\u0061ud\":\"im\"",
                "\"sub\":\"mallory\"",
                "\"\\u0073ub\":\"alice\"",
                "\"exp\":9000000001",
                "\"nbf\":0,\"nbf\":0"
            })
    void whatIsSaidTwiceIsNotSaid(String more) {
        opensNothing(signed(HEADER, BODY.replace("}", "," + more + "}"), "HmacSHA256", SECRET));
    }

    @Test
    void anEmptySignatureIsNone() {
        String ticket = tickets.issue(ALICE, HOUR);
        String withoutSignature = ticket.substring(0, ticket.lastIndexOf('.') + 1);

        opensNothing(withoutSignature);
        opensNothing(withoutSignature + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        opensNothing(".." + ticket.substring(ticket.lastIndexOf('.') + 1));
    }

    @Test
    void aTicketForAnotherApplicationOpensNothing() {
        opensNothing(tickets.forAudience("shop").issue(ALICE, HOUR));
        opensNothing(tickets.forAudience("IM").issue(ALICE, HOUR));
        opensNothing(tickets.forAudience("").issue(ALICE, HOUR));
    }

    @Test
    void aTicketCountsFromTheSecondOnThatItNames() {
        long start = runtime.now().getEpochSecond() + 60;
        String ticket = signed(HEADER, BODY.replace("}", ",\"nbf\":" + start + "}"), "HmacSHA256", SECRET);

        opensNothing(ticket);
        runtime.advance(Duration.ofSeconds(59));
        opensNothing(ticket);
        runtime.advance(Duration.ofSeconds(1));
        opens(ticket);
    }

    @Test
    void anExpiredTicketOpensNothing() {
        String ticket = tickets.issue(ALICE, Duration.ofSeconds(60));

        runtime.advance(Duration.ofSeconds(59));
        opens(ticket);
        runtime.advance(Duration.ofSeconds(1));
        opensNothing(ticket);
    }

    @Test
    void aSignedTicketThatIsTooLongOpensNothing() {
        String header = "{\"alg\":\"HS256\",\"kid\":\"new\",\"x\":\"" + "x".repeat(2_900) + "\"}";
        String fits = signed(header, BODY, "HmacSHA256", SECRET);
        String tooLong = signed(header.replace("xx", "xxx"), BODY, "HmacSHA256", SECRET);

        assertThat(fits.length()).isLessThanOrEqualTo(4_096);
        assertThat(tooLong.length()).isGreaterThan(4_096);
        opens(fits);
        opensNothing(tooLong);
    }

    @Test
    void twoTicketsAreOneTooMany() {
        String mine = tickets.issue(MALLORY, HOUR);
        String hers = tickets.issue(ALICE, HOUR);

        opensNothing(Handshake.at("/im").query(Map.of("ticket", List.of(mine, hers))));
        opensNothing(Handshake.at("/im").headers(Map.of("Authorization", List.of("Bearer " + mine, "Bearer " + hers))));
        opensNothing(
                Handshake.at("/im").headers(Map.of("Authorization", List.of("Bearer " + mine + ", Bearer " + hers))));
        opensNothing(Handshake.at("/im")
                .headers(Map.of("Authorization", List.of("Bearer " + mine)))
                .query(Map.of("ticket", List.of(hers))));
        opensNothing(Handshake.at("/im")
                .headers(Map.of("Authorization", List.of("Bearer " + mine)))
                .query(Map.of("ticket", List.of(""))));
    }

    @Test
    void anotherUsersTicketInALiveConnectionChangesNothing() {
        Clients.Client alice = clients.openWith(tickets.issue(ALICE, HOUR)).joinGroup("alice", 100);
        Clients.Client mallory =
                clients.openWith(tickets.issue(MALLORY, Duration.ofSeconds(60))).joinGroup("mallory", 200);
        alice.heard();
        mallory.heard();

        // All at once, before the first is answered.
        mallory.inbound.received(auth(tickets.issue(ALICE, HOUR)), true);
        mallory.inbound.received(Clients.frame("join", 2, 100, "alice", "\"content\":\"c\""), true);
        mallory.inbound.received(Clients.frame("speak", 2, 100, "alice", "\"content\":\"spam\""), true);
        mallory.inbound.received(Clients.frame("speak", 2, 200, "mallory", "\"content\":\"still me\""), true);
        runtime.runAll();

        assertThat(mallory.heard()).containsExactly(NOT_YOU, NOT_YOU, NOT_YOU, "0 mallory[群聊说]:still me");
        assertThat(alice.heard()).isEmpty();
        assertThat(sessionsOf(ALICE)).isEqualTo(1);
        assertThat(sessionsOf(MALLORY)).isEqualTo(1);
        clients.openWith(tickets.issue(UserId.of("bob"), HOUR)).speakTo("bob", "alice", "for alice alone");
        assertThat(alice.heard()).containsExactly("0 bob[单聊对]alice[说]:for alice alone");
        assertThat(mallory.heard()).isEmpty();
        runtime.advance(Duration.ofSeconds(62));
        assertThat(mallory.closeCode()).as("her ticket has not prolonged mine").isEqualTo(4101);
    }

    @Test
    void aConnectionThatHasProvenItsUserInAFrameKeepsHim() {
        Clients.Client mallory = clients.open().send(auth(tickets.issue(MALLORY, HOUR)));
        mallory.heard();

        mallory.send(auth(tickets.issue(ALICE, HOUR)));

        assertThat(mallory.heard()).containsExactly(NOT_YOU);
        assertThat(sessionsOf(ALICE)).isZero();
        assertThat(sessionsOf(MALLORY)).isEqualTo(1);
    }

    @Test
    void aLiveConnectionIsNotProlongedByABadTicket() {
        Clients.Client mallory = clients.openWith(tickets.issue(MALLORY, Duration.ofSeconds(60)));
        String later = tickets.issue(MALLORY, HOUR);
        String over = tickets.issue(MALLORY, Duration.ofSeconds(1));
        runtime.advance(Duration.ofSeconds(1));
        List<String> bad = List.of(
                over,
                later.substring(0, later.length() - 1) + (later.endsWith("A") ? "B" : "A"),
                tickets.forAudience("shop").issue(MALLORY, HOUR),
                signed(HEADER.replace("HS256", "none"), BODY.replace("alice", "mallory"), "HmacSHA256", SECRET),
                signed(HEADER.replace("new", "old"), BODY.replace("alice", "mallory"), "HmacSHA256", SECRET),
                "x".repeat(5_000));

        bad.forEach(ticket -> mallory.send(auth(ticket)));

        assertThat(mallory.heard()).hasSize(bad.size()).containsOnly(REFUSED);
        runtime.advance(Duration.ofSeconds(61));
        assertThat(mallory.closeCode()).isEqualTo(4101);
    }

    @Test
    void aTicketOfAKeyThatRetiresMeanwhileProlongsNothing() {
        Clients.Client mallory = clients.openWith(tickets.issue(MALLORY, Duration.ofSeconds(60)));
        String later = tickets.issue(MALLORY, HOUR);

        keys.set(TicketKeys.of("newer", secret(3)));
        mallory.send(auth(later));

        assertThat(mallory.heard()).containsExactly(REFUSED);
        runtime.advance(Duration.ofSeconds(62));
        assertThat(mallory.closeCode()).isEqualTo(4101);
    }

    private void opens(String ticket) {
        Clients.Client client = clients.openWith(ticket);
        assertThat(client.closeCode()).isZero();
        assertThat(sessionsOf(ALICE)).isEqualTo(1);
        client.close();
    }

    private void opensNothing(String ticket) {
        opensNothing(Handshake.at("/im").query(Map.of("ticket", List.of(ticket))));
    }

    private void opensNothing(Handshake.Builder handshake) {
        assertThat(clients.open(handshake.build()).closeCode()).isEqualTo(4100);
        assertThat(sessionsOf(ALICE)).isZero();
        assertThat(sessionsOf(MALLORY)).isZero();
    }

    /** The same without a connection, and so without a line in the log, for many. */
    private void isRefused(String ticket) {
        assertThat(clients.now(tickets.authenticate(ticket))).isInstanceOf(Authentication.Refused.class);
    }

    private int sessionsOf(UserId user) {
        return clients.now(clients.server.sessions().ofUser(user, PageRequest.first(10)))
                .items()
                .size();
    }

    private static String auth(String ticket) {
        return "{\"event\":\"auth\",\"ticket\":\"" + ticket + "\"}";
    }

    private static String signed(String header, String body, String algorithm, byte[] secret) {
        try {
            String text = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                    + base64(body.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] secret(int value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) value);
        return secret;
    }
}
