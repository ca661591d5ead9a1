package io.embedim.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.session.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The application as it is, on a port of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatApplicationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private ConfigurableApplicationContext application;
    private int port;

    @BeforeAll
    void start() {
        application = application();
        port = port(application);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    private static ConfigurableApplicationContext application() {
        return new SpringApplicationBuilder(ChatApplication.class, Listening.class)
                .properties(Map.of("server.port", "0", "server.address", "127.0.0.1", "chat.clock", "PT0.2S"))
                .run();
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static class Listening {

        @Bean
        Goings goings() {
            return new Goings();
        }
    }

    /** A bean that hears of the ends of connections. */
    static final class Goings implements ImListener {

        private final BlockingQueue<CloseReason> reasons = new LinkedBlockingQueue<>();

        @Override
        public void closed(Session session, CloseReason reason) {
            reasons.add(reason);
        }
    }

    @Test
    void whatIsPostedIsHeardByTheGroup() throws Exception {
        Client client = new Client(port).join(100);

        String answer = post("/groups/100/announcements", "Tea is ready");

        assertThat(answer).isEqualTo("1");
        assertThat(client.next()).contains("\"msg\":\"System[\\u7fa4\\u804a\\u8bf4]:Tea is ready\"");
        client.socket.abort();
    }

    @Test
    void scheduledJobSpeaksToTheLobby() throws Exception {
        Client client = new Client(port).join(1);

        assertThat(client.next()).contains("\"msg\":\"System[\\u7fa4\\u804a\\u8bf4]:It is ");
        client.socket.abort();
    }

    @Test
    void beansHearAndTheServerKnowsWhoIsThere() throws Exception {
        ImServer server = application.getBean(ImServer.class);
        Goings goings = application.getBean(Goings.class);
        Client client = new Client(port).join(200);
        int before = server.connections();

        client.socket.sendClose(1000, "bye").get(10, TimeUnit.SECONDS);

        await().atMost(PATIENCE).until(() -> server.connections() < before);
        assertThat(goings.reasons.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void pageOfAnotherSiteIsRefusedBeforeTheUpgrade() {
        assertThatThrownBy(() -> http.newWebSocketBuilder()
                        .header("Origin", "https://evil.example")
                        .buildAsync(uri(port), new WebSocket.Listener() {})
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void endOfTheApplicationIsToldToClients() throws Exception {
        ConfigurableApplicationContext other = application();
        Client client = new Client(port(other)).join(300);

        other.close();

        assertThat(client.closed.get(10, TimeUnit.SECONDS)).isEqualTo(4001);
    }

    private String post(String path, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(PATIENCE)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static URI uri(int port) {
        return URI.create("ws://127.0.0.1:" + port + "/im");
    }

    /** A client that keeps what it hears. */
    private final class Client implements WebSocket.Listener {

        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();
        private final WebSocket socket;

        Client(int port) throws Exception {
            socket = http.newWebSocketBuilder().buildAsync(uri(port), this).get(10, TimeUnit.SECONDS);
        }

        Client join(int group) throws Exception {
            socket.sendText(
                            "{\"event\":\"join\",\"mode\":2,\"group_id\":" + group
                                    + ",\"from_user_id\":1,\"from_username\":\"Anne\",\"content\":\"c\"}",
                            true)
                    .get(10, TimeUnit.SECONDS);
            assertThat(next()).contains("\"msg\":\"success\"");
            return this;
        }

        String next() throws InterruptedException {
            String frame = frames.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within 10 s").isNotNull();
            return frame;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                frames.add(parts.toString());
                parts.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return CompletableFuture.completedFuture(null);
        }
    }
}
