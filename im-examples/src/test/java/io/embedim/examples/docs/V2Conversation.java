package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.Heartbeat;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.security.TicketAuthenticator;
import io.embedim.testkit.JsonValues;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/** The people of docs/protocol-v2.md, a server, and what they say to each other. */
final class V2Conversation {

    private static final Duration PROOF = Duration.ofHours(1);

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer server = ImServer.builder()
            .authenticator(new Tickets())
            .heartbeat(Heartbeat.pings(Duration.ofSeconds(25)))
            .v2(V2Settings.inMemory())
            .runtime(runtime)
            .build();
    private final Map<String, Client> clients = new HashMap<>();
    private final V2Names names = new V2Names(runtime);
    private final List<String> differences = new ArrayList<>();
    private final List<JsonNode> sent = new ArrayList<>();
    private final List<JsonNode> received = new ArrayList<>();

    /** Says, or compares, what a block of the document has. */
    void play(Docs.Block block) {
        String[] words = block.argument().split(" ", 3);
        if (words[0].equals("a")) {
            runtime.advance(Duration.ofSeconds(1)); // "a second passes"
            return;
        }
        Client client = clients.computeIfAbsent(words[0], Client::new);
        switch (words[1]) {
            case "sends" -> client.send(words.length > 2 ? client.last : block.text(), block.place());
            case "says" -> client.send(words[2], block.place());
            case "receives" ->
                block.text()
                        .lines()
                        .forEach(line -> names.difference(line, client.next())
                                .ifPresent(difference -> differences.add(block.place() + ": " + difference)));
            case "hears" -> {
                for (String event : words[2].split(" ", -1)) {
                    JsonNode heard = client.next();
                    assertThat(heard.path("data").path("event").asString())
                            .as("%s: %s", block.place(), heard)
                            .isEqualTo(event);
                }
            }
            default -> throw new AssertionError(block.place() + ": '" + block.argument() + "'");
        }
    }

    /** Where the server did not say what the document says. */
    List<String> differences() {
        return differences;
    }

    /** All that clients have sent, as it was sent. */
    List<JsonNode> sent() {
        return sent;
    }

    /** All that clients have received, as it was sent. */
    List<JsonNode> received() {
        return received;
    }

    /** What nobody has mentioned. */
    List<String> unread() {
        return clients.values().stream()
                .flatMap(client -> client.unread().stream().map(frame -> client.name + ": " + frame))
                .toList();
    }

    private final class Client {

        private final String name;
        private final RecordingConnection connection = new RecordingConnection();
        private final Inbound inbound;
        private final Deque<JsonNode> heard = new ArrayDeque<>();
        private String last = "";

        Client(String name) {
            this.name = name;
            inbound = server.open(connection, handshake(name));
            runtime.runAll();
        }

        private void send(String lines, String place) {
            last = lines;
            lines.lines().forEach(line -> {
                String frame = names.real(line, place);
                sent.add(JsonValues.read(frame));
                inbound.received(frame, true);
                runtime.runAll();
            });
        }

        private JsonNode next() {
            assertThat(unread()).as("what %s has heard", name).isNotEmpty();
            return heard.remove();
        }

        private Deque<JsonNode> unread() {
            connection.frames().stream()
                    .map(JsonValues::read)
                    .peek(received::add)
                    .forEach(read -> {
                        if (read.isArray()) {
                            read.forEach(heard::add);
                        } else {
                            heard.add(read);
                        }
                    });
            connection.clear();
            return heard;
        }
    }

    /** Ann has a phone, Bob a tablet too, and the guest proves itself later. */
    private static Handshake handshake(String name) {
        Map<String, List<String>> query = switch (name) {
            case "guest" -> Map.of();
            case "tablet" -> Map.of("user", List.of("bob"), "username", List.of("Bob"));
            case "ann" -> Map.of("user", List.of("ann"), "username", List.of("Ann"), "device", List.of("phone"));
            default ->
                Map.of(
                        "user",
                        List.of(name),
                        "username",
                        List.of(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)));
        };
        return Handshake.at("/im")
                .query(query)
                .subprotocol(V2Settings.SUBPROTOCOL)
                .headers(Map.of("Accept-Language", List.of("en")))
                .build();
    }

    /** Everybody is who the query says; a ticket is the guest's, for an hour. */
    private final class Tickets implements TicketAuthenticator {

        @Override
        public CompletionStage<Authentication> authenticate(Handshake handshake) {
            return CompletableFuture.completedFuture(handshake
                    .queryParameter("user")
                    .<Authentication>map(user -> new Authentication.Accepted(Identity.of(UserId.of(user))))
                    .orElseGet(Authentication.Pending::new));
        }

        @Override
        public CompletionStage<Authentication> authenticate(String ticket) {
            return CompletableFuture.completedFuture(new Authentication.Accepted(
                    new Identity(UserId.of("guest"), null, null, runtime.now().plus(PROOF))));
        }
    }
}
