package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.session.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attack: connect from a page of somebody else's, with the cookies of its visitor. Real handshakes in Tomcat: refused with 403, and no session was ever open. The rule by itself is
 * in {@link AllowedOriginsTest}, other containers are in {@link FilterSuite}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginTest {

    private final AtomicInteger connected = new AtomicInteger();
    private final ImServer server = ImServer.builder()
            .trustClaims()
            .listener(new ImListener() {
                @Override
                public void connected(Session session, Handshake handshake) {
                    connected.incrementAndGet();
                }
            })
            .build();
    private final Container container = new TomcatContainer();

    @BeforeAll
    void start() {
        container.register("/im", Core.of(server), ImEndpointOptions.defaults());
        container.register(
                "/listed",
                Core.of(server),
                ImEndpointOptions.defaults()
                        .withOrigins(AllowedOrigins.of("https://chat.example", "http://chat.example:8080")));
        container.start();
    }

    @AfterAll
    void stop() {
        server.close();
        container.close();
    }

    static Stream<List<String>> foreign() {
        return Stream.of(
                List.of("chat.example", "http://evil.example"),
                List.of("chat.example", "https://evil.example"),
                List.of("chat.example", "http://chat.example:8080"),
                List.of("chat.example:8080", "http://chat.example"),
                List.of("chat.example:8080", "http://chat.example:8081"),
                List.of("chat.example:443", "http://chat.example"),
                List.of("chat.example:80", "https://chat.example"),
                List.of("chat.example", "ftp://chat.example"),
                List.of("chat.example", "file://chat.example"),
                List.of("chat.example", "app://chat.example"),
                List.of("chat.example", "chrome-extension://chat.example"),
                List.of("chat.example", "data:text/html,x"),
                List.of("chat.example", "javascript://chat.example"),
                List.of("chat.example", "http://sub.chat.example"),
                List.of("sub.chat.example", "http://chat.example"),
                List.of("chat.example", "http://example"),
                List.of("chat.example", "http://evilchat.example"),
                List.of("chat.example", "http://chat.example.evil.example"),
                List.of("chat.example", "http://chat-example"),
                List.of("chat.example", "http://chat.example."),
                List.of("chat.example.", "http://chat.example"),
                List.of("chat.example", "null"),
                List.of("chat.example", "NULL"),
                List.of("chat.example", ""),
                List.of("chat.example", "*"),
                List.of("chat.example", "chat.example"),
                List.of("chat.example", "//chat.example"),
                List.of("chat.example", "http:chat.example"),
                List.of("chat.example", "http:/chat.example"),
                List.of("chat.example", "http://"),
                List.of("chat.example", "http://chat.example@evil.example"),
                List.of("chat.example", "http://evil.example@chat.example"),
                List.of("chat.example", "http://chat.example:80@evil.example"),
                List.of("chat.example", "http://evil.example#@chat.example"),
                List.of("chat.example", "http://evil.example?chat.example"),
                List.of("chat.example", "http://chat.example?@evil.example"),
                List.of("chat.example", "http://chat.example#@evil.example"),
                List.of("chat.example", "http://evil.example/chat.example"),
                List.of("chat.example", "http://evil.example\\@chat.example"),
                List.of("chat.example", "http://chat.example\\.evil.example"),
                List.of("chat.example", "http://chat.example%2eevil.example"),
                List.of("chat.example", "http://chat.example, http://evil.example"),
                List.of("chat.example", "http://chat.example http://evil.example"),
                List.of("chat.example", "http://chat.example:80:80"),
                List.of("chat.example", "http://chat.example:99999"),
                List.of("chat.example", "http://chat.example/index.html"),
                List.of("127.0.0.1", "http://localhost"),
                List.of("127.0.0.1", "http://2130706433"),
                List.of("127.0.0.1", "http://127.1"),
                List.of("[::1]", "http://127.0.0.1"),
                List.of("chat.example", "http://evil.example", "http://chat.example"),
                List.of("chat.example", "http://chat.example", "http://evil.example"),
                List.of("chat.example", "http://chat.example", "http://chat.example"),
                List.of("chat.example", "http://chat.example", "null"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void aPageOfAnotherOriginIsRefused(List<String> hostAndOrigins) {
        assertRefused("/im", hostAndOrigins);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, http://chat.example",
        "chat.example, https://chat.example",
        "chat.example, HTTP://CHAT.EXAMPLE",
        "CHAT.example, http://chat.EXAMPLE",
        "chat.example, http://chat.example:80",
        "chat.example, https://chat.example:443",
        "chat.example:80, http://chat.example",
        "chat.example:443, https://chat.example",
        "chat.example:8080, https://chat.example:8080",
        "[::1]:8080, http://[::1]:8080",
    })
    void aPageOfTheSameHostAndPortIsLetIn(String host, String origin) {
        assertAdmitted("/im", host, origin);
    }

    static Stream<List<String>> unlisted() {
        return Stream.of(
                List.of("chat.example", "http://chat.example"),
                List.of("chat.example", "https://chat.example:8443"),
                List.of("chat.example", "https://chat.example:8080"),
                List.of("chat.example", "wss://chat.example"),
                List.of("chat.example", "https://sub.chat.example"),
                List.of("chat.example", "https://chat.example."),
                List.of("chat.example", "https://chat.example@evil.example"),
                List.of("evil.example", "https://evil.example"),
                List.of("chat.example", "null"),
                List.of("chat.example", "https://chat.example", "https://evil.example"));
    }

    @ParameterizedTest
    @MethodSource("unlisted")
    void whereOriginsAreListedNoOtherPageIsLetIn(List<String> hostAndOrigins) {
        assertRefused("/listed", hostAndOrigins);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, https://chat.example",
        "other.example, https://CHAT.example:443",
        "other.example, http://chat.example:8080"
    })
    void aListedPageIsLetInWhateverTheHost(String host, String origin) {
        assertAdmitted("/listed", host, origin);
    }

    @Test
    void theNameOfTheHeaderMayBeWrittenInAnyCase() {
        assertThat(RawHandshake.status(container.port(), "/im", "Host: chat.example", "oRIGIN: http://evil.example"))
                .isEqualTo(403);
        assertThat(RawHandshake.status(
                        container.port(),
                        "/im",
                        "Host: chat.example",
                        "Origin: http://chat.example",
                        "ORIGIN: http://evil.example"))
                .isEqualTo(403);
    }

    @Test
    void otherHeadersDoNotMakeAPageGood() {
        assertThat(RawHandshake.status(
                        container.port(),
                        "/im",
                        "Host: chat.example",
                        "Origin: http://evil.example",
                        "X-Forwarded-Host: evil.example",
                        "Forwarded: host=evil.example",
                        "Sec-WebSocket-Origin: http://chat.example",
                        "Referer: http://chat.example/"))
                .isEqualTo(403);
    }

    private void assertRefused(String path, List<String> hostAndOrigins) {
        int before = connected.get();

        assertThat(status(path, hostAndOrigins))
                .as(String.join(" ", hostAndOrigins))
                .isEqualTo(403);

        // Behind it, one that is let in: had the other been too, there would be two.
        assertThat(RawHandshake.status(container.port(), "/im", "Host: chat.example"))
                .isEqualTo(101);
        await().until(() -> connected.get() > before);
        assertThat(connected.get()).isEqualTo(before + 1);
    }

    private void assertAdmitted(String path, String host, String origin) {
        int before = connected.get();

        assertThat(status(path, List.of(host, origin))).isEqualTo(101);

        await().until(() -> connected.get() == before + 1);
    }

    private int status(String path, List<String> hostAndOrigins) {
        return RawHandshake.status(
                container.port(),
                path,
                Stream.concat(
                                Stream.of("Host: " + hostAndOrigins.get(0)),
                                hostAndOrigins.stream().skip(1).map(origin -> "Origin: " + origin))
                        .toArray(String[]::new));
    }
}
