package io.embedim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class ChatClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SessionOptions QUICK = new SessionOptions(
            50,
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMinutes(1));

    private final List<ChatEvent> events = new CopyOnWriteArrayList<>();

    private ChatClient connect(URI uri) {
        return ChatClient.connect(
                uri, ClientOptions.of("ann", "a phone").withSession(QUICK), (client, event) -> events.add(event));
    }

    @Test
    void saysWordsAndWaitsForTheServersWord() throws Exception {
        try (ScriptedServer server = new ScriptedServer("im.v2");
                ChatClient client = connect(server.uri())) {
            ChatEvent.Acked acked = client.say(Address.group("7"), "hello", PATIENCE);

            assertThat(acked.position()).isEqualTo(new Position("e1", 1, "m1"));
            assertThat(server.queries()).containsExactly("device=a+phone");
        }
    }

    @Test
    void aRefusalIsThrown() throws Exception {
        try (ScriptedServer server = new ScriptedServer("im.v2");
                ChatClient client = connect(server.uri())) {
            assertThatExceptionOfType(ChatRefused.class)
                    .isThrownBy(() -> client.say(Address.group("7"), "forbidden", PATIENCE))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(403));
        }
    }

    @Test
    void comesBackWhenTheServerSendsItAway() throws Exception {
        try (ScriptedServer server = new ScriptedServer("im.v2");
                ChatClient client = connect(server.uri())) {
            client.say(Address.group("7"), "before", PATIENCE);
            server.closeAll(4001);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events)
                            .filteredOn(ChatEvent.Connected.class::isInstance)
                            .hasSize(2));
            assertThat(client.say(Address.group("7"), "after", PATIENCE).conv()).isEqualTo("g:7");
        }
    }

    @Test
    void comesBackUntilThereIsAServer() throws Exception {
        URI uri;
        try (ScriptedServer gone = new ScriptedServer("im.v2")) {
            uri = gone.uri();
        }
        try (ChatClient client = connect(uri)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events)
                            .filteredOn(ChatEvent.Disconnected.class::isInstance)
                            .hasSizeGreaterThan(1));
            assertThat(client.with(ChatSession::unanswered))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(0);
        }
    }

    @Test
    void staysAwayFromAServerOfAnotherDialect() throws Exception {
        try (ScriptedServer server = new ScriptedServer("other");
                ChatClient client = connect(server.uri())) {
            await().atMost(PATIENCE).until(() -> events.contains(new ChatEvent.Ended(4105)));

            assertThat(client.speak(Address.group("7"), Content.text("hello"))).failsWithin(PATIENCE);
        }
    }

    @Test
    void leavesAGivenThreadRunning() throws Exception {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        try (ScriptedServer server = new ScriptedServer("im.v2")) {
            ClientOptions options = ClientOptions.of("ann", "phone").withExecutor(thread);
            ChatClient client = ChatClient.connect(server.uri(), options, (bot, event) -> events.add(event));
            client.say(Address.group("7"), "hello", PATIENCE);
            client.close();

            await().atMost(PATIENCE).until(() -> events.contains(new ChatEvent.Ended(1000)));
            assertThat(thread.isShutdown()).isFalse();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void aListenerThatThrowsDoesNotStopIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer("im.v2")) {
            ClientOptions options = ClientOptions.of("ann", "phone").withSession(QUICK);
            try (ChatClient client = ChatClient.connect(server.uri(), options, (bot, event) -> {
                throw new IllegalStateException("the listener's fault");
            })) {
                assertThat(client.say(Address.group("7"), "hello", PATIENCE).conv())
                        .isEqualTo("g:7");
            }
        }
    }
}
