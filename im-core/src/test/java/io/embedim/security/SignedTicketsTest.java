package io.embedim.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to come in with a ticket that one should not have. */
class SignedTicketsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "another secret of just 32 bytes!".getBytes(StandardCharsets.US_ASCII);
    private static final UserId ALICE = UserId.of("alice");
    private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final SignedTickets tickets =
            SignedTickets.of(TicketKeys.of("k1", SECRET)).withClock(now::get);

    @Test
    void anIssuedTicketProvesWhoItWasIssuedTo() {
        Identity identity = new Identity(ALICE, "阿克苏 \"A\"", "https://example.org/a.png", NOW.plusSeconds(60));

        assertThat(accepted(tickets, tickets.issue(identity))).isEqualTo(identity);
        assertThat(accepted(tickets, tickets.issue(ALICE, Duration.ofMinutes(1))))
                .isEqualTo(new Identity(ALICE, null, null, NOW.plusSeconds(60)));
    }

    @Test
    void aTicketIsOverInTheSecondThatItNames() {
        String ticket = tickets.issue(ALICE, Duration.ofSeconds(60));

        now.set(NOW.plusSeconds(60).minusNanos(1));
        assertThat(reason(ticket)).isNull();
        now.set(NOW.plusSeconds(60));
        assertThat(reason(ticket)).isEqualTo("expired");
    }

    @Test
    void noLetterOfATicketCanBeChanged() {
        String ticket = tickets.issue(ALICE, Duration.ofMinutes(1));
        for (int i = 0; i < ticket.length(); i++) {
            for (char c : new char[] {'A', 'B', '.', '=', 'é'}) {
                if (ticket.charAt(i) != c) {
                    assertThat(reason(ticket.substring(0, i) + c + ticket.substring(i + 1)))
                            .as("%c at %d", c, i)
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void anotherUserCannotBePutIntoASignedTicket() {
        String[] parts = parts(tickets.issue(ALICE, Duration.ofMinutes(1)));
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

        String forged = parts[0] + "." + base64(payload.replace("alice", "admin")) + "." + parts[2];

        assertThat(reason(forged)).isEqualTo("wrong signature");
    }

    @Test
    void oneTicketsSignatureIsNoneForAnother() {
        String[] mine = parts(tickets.issue(ALICE, Duration.ofMinutes(1)));
        String[] other = parts(tickets.issue(UserId.of("bob"), Duration.ofMinutes(1)));

        assertThat(reason(other[0] + "." + other[1] + "." + mine[2])).isEqualTo("wrong signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"k1\"}",
                "{\"alg\":\"hs256\",\"kid\":\"k1\"}",
                "{\"alg\":\"HS512\",\"kid\":\"k1\"}",
                "{\"kid\":\"k1\"}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"kid\":\"k1\",\"crit\":[\"exp\"]}"
            })
    void aHeaderThatAsksForLessIsRefused(String header) throws Exception {
        assertThat(reason(signed(header, payload(""), SECRET))).isEqualTo("header is not alg HS256 with a kid");
    }

    @Test
    void aTicketWithoutSignatureIsRefused() {
        String plain = new PlainJWT(claims(ALICE.value())).serialize();

        assertThat(reason(plain)).isEqualTo("header is not alg HS256 with a kid");
        assertThat(reason(base64(HEADER) + "." + base64(payload("")) + ".")).isEqualTo("wrong signature");
    }

    @Test
    void aRetiredKeyOpensNothing() throws Exception {
        AtomicReference<TicketKeys> keys = new AtomicReference<>(TicketKeys.of("old", OTHER));
        SignedTickets rotating = SignedTickets.of(keys::get).withClock(now::get);
        String old = rotating.issue(ALICE, Duration.ofHours(1));

        keys.set(TicketKeys.of("k1", SECRET).accepting("old", OTHER));
        assertThat(accepted(rotating, old).user()).isEqualTo(ALICE);
        assertThat(accepted(tickets, rotating.issue(ALICE, Duration.ofHours(1))).user())
                .isEqualTo(ALICE);

        keys.set(TicketKeys.of("k1", SECRET));
        assertThat(reason(rotating, old)).isEqualTo("no such key");
        assertThat(reason(rotating, signed(HEADER, payload(""), OTHER))).isEqualTo("wrong signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"aud\":\"other\",\"sub\":\"alice\",\"exp\":1900000000}",
                "{\"aud\":[\"a\",\"b\"],\"sub\":\"alice\",\"exp\":1900000000}",
                "{\"aud\":[],\"sub\":\"alice\",\"exp\":1900000000}",
                "{\"sub\":\"alice\",\"exp\":1900000000}"
            })
    void aTicketForSomethingElseIsRefused(String payload) throws Exception {
        assertThat(reason(signed(HEADER, payload, SECRET))).isEqualTo("for another audience");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"aud\":\"im\",\"sub\":\"alice\"}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":\"1900000000\"}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1900000000.5}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1e10}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":null}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":99999999999999999999}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":9223372036854775807}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":-1}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1,\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1900000000,\"nbf\":1890000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1900000000,\"nbf\":\"0\"}",
                "{\"aud\":\"im\",\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":7,\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"\",\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"sub\":\"bob\",\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"name\":\"\",\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"name\":\"\\ud800\",\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"picture\":\"\",\"exp\":1900000000}",
                "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1900000000} {}",
                "[\"alice\"]",
                "\"alice\"",
                "",
                "{"
            })
    void aSignedTicketThatSaysNothingValidIsRefused(String payload) throws Exception {
        assertThat(reason(signed(HEADER, payload, SECRET))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b", "a.b.c.d", "é.ü.ö", "a.b.c", " . . "})
    void whatIsNoTicketIsRefused(String text) {
        assertThat(reason(text)).isNotNull();
    }

    @Test
    void aTicketOfAnyLengthCostsLittle() {
        assertThat(reason("a".repeat(10_000_000))).isEqualTo("ticket too long");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tickets.issue(new Identity(ALICE, null, "x".repeat(4_000), NOW.plusSeconds(60))))
                .withMessageContaining("at most 4096");
    }

    @Test
    void otherLibrariesReadOurTickets() throws Exception {
        SignedJWT read = SignedJWT.parse(tickets.issue(ALICE, Duration.ofMinutes(1)));

        assertThat(read.verify(new MACVerifier(SECRET))).isTrue();
        assertThat(read.getHeader().getKeyID()).isEqualTo("k1");
        assertThat(read.getJWTClaimsSet().getSubject()).isEqualTo("alice");
        assertThat(read.getJWTClaimsSet().getAudience()).containsExactly("im");
        assertThat(read.getJWTClaimsSet().getIssueTime().toInstant()).isEqualTo(NOW);
        assertThat(read.getJWTClaimsSet().getExpirationTime().toInstant()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void weReadTheTicketsOfOtherLibraries() throws JOSEException, ParseException {
        SignedJWT made = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims("無尘"));
        made.sign(new MACSigner(SECRET));

        assertThat(accepted(tickets, made.serialize()))
                .isEqualTo(new Identity(UserId.of("無尘"), "Name", null, NOW.plusSeconds(60)));
    }

    @Test
    void aTicketComesInTheHeaderOrTheQueryAndOnce() {
        String ticket = tickets.issue(ALICE, Duration.ofMinutes(1));
        Handshake.Builder inQuery = Handshake.at("/im").query(Map.of("ticket", List.of(ticket)));
        Handshake.Builder inHeader = Handshake.at("/im").headers(Map.of("authorization", List.of("bearer " + ticket)));
        Handshake.Builder twice = Handshake.at("/im").query(Map.of("ticket", List.of(ticket, ticket)));

        assertThat(answer(tickets, inQuery.build())).isInstanceOf(Authentication.Accepted.class);
        assertThat(answer(tickets, inHeader.build())).isInstanceOf(Authentication.Accepted.class);
        assertThat(answer(tickets, twice.build())).isEqualTo(new Authentication.Refused(401, "more than one ticket"));
        assertThat(answer(
                        tickets,
                        inHeader.query(Map.of("ticket", List.of(ticket))).build()))
                .isEqualTo(new Authentication.Refused(401, "more than one ticket"));
    }

    @Test
    void withoutATicketAClientWaitsOutsideOrForItsFirstFrame() {
        Handshake none = Handshake.at("/im").build();
        Handshake basic = Handshake.at("/im")
                .headers(Map.of("Authorization", List.of("Basic YTpi")))
                .build();
        Handshake wrong =
                Handshake.at("/im").query(Map.of("ticket", List.of("x"))).build();

        assertThat(answer(tickets, none)).isEqualTo(new Authentication.Refused(401, "no ticket"));
        assertThat(answer(tickets, basic)).isEqualTo(new Authentication.Refused(401, "no ticket"));
        assertThat(answer(tickets.inFirstFrame(), none)).isEqualTo(new Authentication.Pending());
        assertThat(answer(tickets.inFirstFrame(), wrong)).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void nothingIsIssuedThatWouldNotBeBelieved() {
        for (Identity bad : Set.of(
                new Identity(ALICE, null, null, null),
                new Identity(ALICE, "", null, NOW.plusSeconds(60)),
                new Identity(ALICE, "n".repeat(65), null, NOW.plusSeconds(60)),
                new Identity(ALICE, "\ud800", null, NOW.plusSeconds(60)),
                new Identity(ALICE, null, "", NOW.plusSeconds(60)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> tickets.issue(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> tickets.issue(ALICE, Duration.ofMillis(999)));
    }

    @Test
    void aWeakSecretIsRefusedAndNoneIsShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketKeys.of("k", new byte[31]))
                .withMessage("secret has 31 bytes; expected at least 32");
        assertThatIllegalArgumentException().isThrownBy(() -> TicketKeys.of("", SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketKeys.of("k", SECRET).accepting("k", OTHER));
        assertThat(TicketKeys.of("b", SECRET).accepting("a", OTHER)).hasToString("TicketKeys[b of [a, b]]");
    }

    @Test
    void aSecretThatChangesAfterwardsChangesNothing() {
        byte[] mine = SECRET.clone();
        SignedTickets mineToo = SignedTickets.of(TicketKeys.of("k1", mine)).withClock(now::get);
        mine[0]++;

        assertThat(reason(tickets, mineToo.issue(ALICE, Duration.ofMinutes(1)))).isNull();
    }

    private @Nullable String reason(String ticket) {
        return reason(tickets, ticket);
    }

    private static @Nullable String reason(SignedTickets tickets, String ticket) {
        Authentication answer =
                tickets.authenticate(ticket).toCompletableFuture().join();
        return answer instanceof Authentication.Refused refused ? refused.reason() : null;
    }

    private static Identity accepted(SignedTickets tickets, String ticket) {
        Authentication answer =
                tickets.authenticate(ticket).toCompletableFuture().join();
        assertThat(answer).isInstanceOf(Authentication.Accepted.class);
        return ((Authentication.Accepted) answer).identity();
    }

    private static Authentication answer(SignedTickets tickets, Handshake handshake) {
        return tickets.authenticate(handshake).toCompletableFuture().join();
    }

    private static JWTClaimsSet claims(String user) {
        return new JWTClaimsSet.Builder()
                .subject(user)
                .audience(List.of("other", "im"))
                .claim("name", "Name")
                .claim("roles", Map.of("deep", List.of(1, 2)))
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
    }

    private static String payload(String more) {
        return "{\"aud\":\"im\",\"sub\":\"alice\",\"exp\":1900000000" + more + "}";
    }

    private static String signed(String header, String payload, byte[] secret) throws GeneralSecurityException {
        String text = base64(header) + "." + base64(payload);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return text + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String[] parts(String ticket) {
        return ticket.split("\\.", -1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
