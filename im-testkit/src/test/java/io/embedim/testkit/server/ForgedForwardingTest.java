package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.security.TrustedProxies;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack: seem to come from another address, by a forged {@code X-Forwarded-For}. Through Tomcat: {@code ForwardingOnTomcatTest} of im-jakarta-adapter. */
class ForgedForwardingTest {

    private static final String PROXY = "10.0.0.7";
    private static final String CLIENT = "203.0.113.9";
    private static final String FORGED = "198.51.100.1";

    @Test
    void whereNoProxyIsTrustedTheHeaderIsIgnored() {
        assertThat(ipOf(
                        ImServer.builder()
                                .trustClaims()
                                .runtime(new ManualRuntime())
                                .build(),
                        CLIENT,
                        FORGED))
                .isEqualTo(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIENT, "11.0.0.7", "9.255.255.255", "::1", "fe80::1%eth0", "localhost"})
    void whoIsNoTrustedProxyIsNotBelieved(String peer) {
        assertThat(ip(peer, FORGED)).isEqualTo(peer);
    }

    @Test
    void whoHidesHisOwnAddressIsGivenNone() {
        assertThat(ip(null, FORGED)).isNull();
    }

    @Test
    void aTrustedProxyThatSaysNothingIsTheClient() {
        assertThat(ip(PROXY)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.9', 203.0.113.9",
        "'198.51.100.1, 203.0.113.9', 203.0.113.9",
        "'198.51.100.1,203.0.113.9', 203.0.113.9",
        "'198.51.100.1 ,\t 203.0.113.9  ', 203.0.113.9",
        "'10.0.0.1, 203.0.113.9', 203.0.113.9",
        "'198.51.100.1, 203.0.113.9, 10.0.0.8', 203.0.113.9",
        "'198.51.100.1, 203.0.113.9, 10.0.0.8, 10.255.255.255', 203.0.113.9",
        "'garbage, <script>, 203.0.113.9', 203.0.113.9",
        "', , ,203.0.113.9', 203.0.113.9",
        "'198.51.100.1, 2001:db8::9', 2001:db8::9",
        "'198.51.100.1, 2001:DB8:0:0:0:0:0:9', 2001:DB8:0:0:0:0:0:9",
        "'198.51.100.1, ::ffff:203.0.113.9', ::ffff:203.0.113.9",
        "'203.0.113.9, ::ffff:10.0.0.8', 203.0.113.9",
        "'203.0.113.9, ::ffff:0a00:0008', 203.0.113.9",
        "'10.0.0.1, 10.0.0.2', 10.0.0.1",
    })
    void theClientIsTheRightmostAddressThatIsNoTrustedProxy(String header, String client) {
        assertThat(ip(PROXY, header)).isEqualTo(client);
    }

    /** Nothing to the left of it is believed either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "203.0.113.9,",
                "198.51.100.1, unknown",
                "198.51.100.1, _hidden",
                "198.51.100.1, localhost",
                "198.51.100.1, 203.0.113.9:4711",
                "198.51.100.1, [2001:db8::9]",
                "198.51.100.1, [2001:db8::9]:4711",
                "198.51.100.1, fe80::1%eth0",
                "198.51.100.1, 203.0.113.256",
                "198.51.100.1, 203.0.113",
                "198.51.100.1, 203.0.113.9.9",
                "198.51.100.1, 0203.0.113.9",
                "198.51.100.1, 203.0.113.0x9",
                "198.51.100.1, 3405803785",
                "198.51.100.1, 203.0.113.9/32",
                "198.51.100.1, \"203.0.113.9\"",
                "198.51.100.1, 203.0.113.9; by=10.0.0.7",
                "198.51.100.1, for=203.0.113.9",
                "198.51.100.1, 203.0.113.9 198.51.100.2",
                "198.51.100.1, ２０３.0.113.9",
                "198.51.100.1, 203.0.113\u0000.9",
                "198.51.100.1, :",
                "198.51.100.1, ::g",
                "198.51.100.1, 1:2:3:4:5:6:7:8:9",
                "198.51.100.1, :::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::"
            })
    void whatIsNoAddressLeavesTheProxysOwn(String header) {
        assertThat(ip(PROXY, header)).isEqualTo(PROXY);
    }

    @Test
    void severalLinesAreOneInTheirOrder() {
        assertThat(ip(PROXY, FORGED, CLIENT)).isEqualTo(CLIENT);
        assertThat(ip(PROXY, FORGED + ", " + CLIENT, "10.0.0.8")).isEqualTo(CLIENT);
        assertThat(ip(PROXY, CLIENT, FORGED)).isEqualTo(FORGED);
        assertThat(ip(PROXY, FORGED, "")).isEqualTo(PROXY);
    }

    /** Who puts much in front must not push out what the proxy appends. */
    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32, 33, 100, 20_000})
    void aLongHeaderHidesNobody(int forged) {
        String front = (FORGED + ", ").repeat(forged);

        assertThat(ip(PROXY, front + CLIENT)).isEqualTo(CLIENT);
        assertThat(ip(PROXY, front, CLIENT)).isEqualTo(CLIENT);
        assertThat(ip(PROXY, ",".repeat(forged) + CLIENT)).isEqualTo(CLIENT);
        assertThat(ip(PROXY, front + CLIENT + ", 10.0.0.8")).isEqualTo(CLIENT);
    }

    @Test
    void anEntryOfAnyLengthIsNoAddress() {
        assertThat(ip(PROXY, FORGED + "," + "1".repeat(1_000_000))).isEqualTo(PROXY);
        assertThat(ip(PROXY, FORGED + "," + "1.".repeat(500_000))).isEqualTo(PROXY);
        assertThat(ip(PROXY, FORGED + "," + "a:".repeat(500_000))).isEqualTo(PROXY);
    }

    @Test
    void otherHeadersSayNothing() {
        ImServer server = trusting("10.0.0.0/8");
        Handshake handshake = Handshake.at("/im")
                .remoteAddress(PROXY)
                .headers(Map.of(
                        "X-Real-IP", List.of(FORGED),
                        "Forwarded", List.of("for=" + FORGED),
                        "X_Forwarded_For", List.of(FORGED),
                        "X-Forwarded-For ", List.of(FORGED)))
                .build();

        assertThat(ipOf(server, handshake)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "172.16.0.0/12, 172.15.255.255, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.4/31, 192.0.2.5, true",
        "192.0.2.4/31, 192.0.2.6, false",
        "192.0.2.4/32, 192.0.2.4, true",
        "192.0.2.4/32, 192.0.2.5, false",
        "192.0.2.4, 192.0.2.5, false",
        "0.0.0.0/0, 192.0.2.4, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 192.0.2.4, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:7fff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "2001:db8::/127, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::2, false",
        "2001:db8::1, 2001:0DB8:0:0::1, true",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::10.0.0.1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, 127.0.0.1, false",
    })
    void aRangeEndsWhereItsPrefixDoes(String range, String peer, boolean trusted) {
        assertThat(ipOf(trusting(range), peer, CLIENT)).isEqualTo(trusted ? CLIENT : peer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/a",
                "10.0.0.0/8/8",
                "010.0.0.0/8",
                "10.0.0/8",
                "::/129",
                "*",
                "localhost",
                "proxy.example",
                "10.0.0.1-10.0.0.9"
            })
    void whatIsNoRangeCannotBeTrusted(String range) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(range));
    }

    /** A JVM whose names come from a file, and which so would believe an entry that it has looked up. */
    @Test
    void noEntryIsLookedUp(@TempDir Path folder) throws IOException, InterruptedException {
        Path names = Files.writeString(
                folder.resolve("hosts"), "192.0.2.66 999.1.1.1\n192.0.2.66 .1:2\n192.0.2.66 evil.example\n");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Djdk.net.hosts.file=" + names,
                        "--class-path",
                        System.getProperty("java.class.path"),
                        Lookups.class.getName(),
                        "999.1.1.1",
                        ".1:2",
                        "evil.example")
                .redirectErrorStream(true)
                .start();

        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines()).containsExactly("192.0.2.66", PROXY, PROXY, PROXY);
    }

    /** Shows first that the file is used. */
    static final class Lookups {

        private Lookups() {}

        public static void main(String[] entries) throws IOException {
            System.out.println(InetAddress.getAllByName("evil.example")[0].getHostAddress());
            TrustedProxies proxies = TrustedProxies.of("10.0.0.0/8");
            for (String entry : entries) {
                System.out.println(
                        proxies.clientAddress(handshake(PROXY, entry)).orElseThrow());
            }
        }
    }

    private static @Nullable String ip(@Nullable String peer, String... lines) {
        return ipOf(trusting("10.0.0.0/8"), peer, lines);
    }

    private static ImServer trusting(String range) {
        return ImServer.builder()
                .trustClaims()
                .trustedProxies(range)
                .runtime(new ManualRuntime())
                .build();
    }

    private static @Nullable String ipOf(ImServer server, @Nullable String peer, String... lines) {
        return ipOf(server, handshake(peer, lines));
    }

    private static @Nullable String ipOf(ImServer server, Handshake handshake) {
        Session session = server.sessions()
                .find(server.open(new RecordingConnection(), handshake).id())
                .toCompletableFuture()
                .join()
                .orElseThrow();
        return session.attributes().get(Session.CLIENT_IP);
    }

    private static Handshake handshake(@Nullable String peer, String... lines) {
        return Handshake.at("/im")
                .remoteAddress(peer)
                .headers(lines.length == 0 ? Map.of() : Map.of("x-forwarded-for", Arrays.asList(lines)))
                .build();
    }
}
