package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.session.Session;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attack: seem to come from another address, over a socket of Tomcat's, where the peer is 127.0.0.1. All forms of the header: {@code ForgedForwardingTest} of im-testkit. */
class ForwardingOnTomcatTest {

    private final BlockingQueue<Session> connected = new LinkedBlockingQueue<>();
    private final Container container = new TomcatContainer();

    private @Nullable ImServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        container.close();
    }

    @Test
    void whereNoProxyIsTrustedTheHeaderIsIgnored() throws InterruptedException {
        serve();

        assertThat(ip("X-Forwarded-For: 198.51.100.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void aPeerThatIsNoTrustedProxyIsNotBelieved() throws InterruptedException {
        serve("10.0.0.0/8", "::1");

        assertThat(ip("X-Forwarded-For: 10.0.0.1, 198.51.100.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void ofATrustedProxyTheRightmostForeignAddressIsBelieved() throws InterruptedException {
        serve("127.0.0.0/8");

        assertThat(ip()).isEqualTo("127.0.0.1");
        assertThat(ip("X-Forwarded-For: 198.51.100.1, 203.0.113.9, 127.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(ip("X-Forwarded-For: " + "198.51.100.1, ".repeat(400) + "203.0.113.9"))
                .isEqualTo("203.0.113.9");
    }

    /** The line of the proxy is the last one, however the client has spelled its own. */
    @Test
    void linesKeepTheirOrderWhateverTheirSpelling() throws InterruptedException {
        serve("127.0.0.1");

        for (String name : new String[] {"X-Forwarded-For", "x-forwarded-for", "X-FORWARDED-FOR", "x-Forwarded-for"}) {
            assertThat(ip(name + ": 198.51.100.1", "X-Forwarded-For: 203.0.113.9"))
                    .isEqualTo("203.0.113.9");
            assertThat(ip("X-Forwarded-For: 198.51.100.1", name + ": 203.0.113.9"))
                    .isEqualTo("203.0.113.9");
        }
    }

    private void serve(String... proxies) {
        ImServer made = ImServer.builder()
                .trustClaims()
                .trustedProxies(proxies)
                .listener(new ImListener() {
                    @Override
                    public void connected(Session session, Handshake handshake) {
                        connected.add(session);
                    }
                })
                .build();
        container.register("/im", Core.of(made), ImEndpointOptions.defaults());
        container.start();
        server = made;
    }

    private String ip(String... lines) throws InterruptedException {
        String[] all = Stream.concat(Stream.of("Host: chat.example"), Arrays.stream(lines))
                .toArray(String[]::new);
        assertThat(RawHandshake.status(container.port(), "/im", all)).isEqualTo(101);
        Session session = connected.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        return session.attributes().getOrDefault(Session.CLIENT_IP, "");
    }
}
