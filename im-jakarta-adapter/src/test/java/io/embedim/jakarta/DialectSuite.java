package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.testkit.JsonValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The dialect im.v2 behind real sockets, in any container. */
abstract class DialectSuite {

    private static final String DIALECT = V2Settings.SUBPROTOCOL;

    private final Container container;
    private final ImServer server = ImServer.builder()
            .classicProfile()
            .v2(V2Settings.inMemory().openHistory())
            .build();
    private final ImServer classic = ImServer.builder().classicProfile().build();
    private final List<ImEndpoints.Registration> registrations;

    DialectSuite(Container.Kind kind) {
        this.container = kind.create();
        this.registrations = List.of(
                container.register("/im", Core.of(server), kind.options()),
                container.register("/classic", Core.of(classic), kind.options()));
    }

    @BeforeEach
    void start() {
        container.start();
    }

    @AfterEach
    void stop() {
        registrations.forEach(ImEndpoints.Registration::close);
        server.close();
        classic.close();
        container.close();
    }

    private TestClient connect(String user) throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im?user_id=" + user), Map.of(), DIALECT);
        assertThat(client.subprotocol()).isEqualTo(DIALECT);
        assertThat(next(client).get(0).path("event").asString()).isEqualTo("hello");
        return client;
    }

    /** The data of the next text, which may hold several. */
    private static List<JsonNode> next(TestClient client) throws InterruptedException {
        JsonNode read = JsonValues.read(client.receive());
        List<JsonNode> data = new ArrayList<>();
        if (read.isArray()) {
            read.forEach(one -> data.add(one.path("data")));
        } else {
            data.add(read.path("data"));
        }
        return data;
    }

    /** All up to the first that is such an event. */
    private static List<JsonNode> until(TestClient client, String event) throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        while (all.stream().noneMatch(one -> one.path("event").asString().equals(event))) {
            all.addAll(next(client));
        }
        return all;
    }

    /** The first that is such an event; whatever comes before it, or after it in the same text, is passed over. */
    private static JsonNode first(TestClient client, String event) throws InterruptedException {
        return until(client, event).stream()
                .filter(one -> one.path("event").asString().equals(event))
                .findFirst()
                .orElseThrow();
    }

    private static void join(TestClient client) throws InterruptedException {
        client.send("{\"event\":\"join\",\"group_id\":7,\"last\":10}");
        assertThat(first(client, "sync").path("status").asString()).isEqualTo("ok");
    }

    private static String speak(String id, String content) {
        return "{\"event\":\"speak\",\"group_id\":7,\"id\":\"" + id + "\",\"content\":\"" + content + "\"}";
    }

    private static String id(String name, int number) {
        return String.format("%s-%020d", name, number);
    }

    @Test
    void serverWithoutTheDialectAgreesToNone() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/classic"), Map.of(), DIALECT);

        assertThat(client.subprotocol()).isEmpty();
        client.send("{\"event\":\"ping\"}");
        assertThat(client.receive()).contains("\"code\":0");
    }

    @Test
    void whatIsSaidInOneDialectIsHeardInBoth() throws InterruptedException {
        TestClient ann = connect("ann");
        TestClient old = TestClient.connect(container.uri("/im"));
        old.send("{\"event\":\"join\",\"mode\":2,\"group_id\":7,\"from_user_id\":\"bob\",\"from_username\":\"B\","
                + "\"content\":\"c\"}");
        old.receive();
        join(ann);

        ann.send(speak(id("ann", 1), "無尘 😀"));
        JsonNode heard = first(ann, "message");
        old.send("{\"event\":\"speak\",\"mode\":2,\"group_id\":7,\"from_user_id\":\"bob\",\"from_username\":\"B\","
                + "\"content\":\"hi\"}");

        assertThat(heard.path("content").asString()).isEqualTo("無尘 😀");
        assertThat(heard.path("verified").asBoolean(true)).isFalse();
        assertThat(old.receive()).contains("無尘 😀");
        JsonNode answered = first(ann, "message");
        assertThat(answered.path("content").asString()).isEqualTo("hi");
        assertThat(answered.path("from_user_id").asString()).isEqualTo("bob");
    }

    /** From four clients at once: everybody hears all of it, once, in one order, without a hole. */
    @Test
    void everybodyHearsEverythingOnceInOneOrder() throws Exception {
        int speakers = 4;
        int each = 200;
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < speakers; i++) {
            clients.add(connect("u" + i));
            join(clients.get(i));
        }

        ExecutorService threads = Executors.newFixedThreadPool(2 * speakers);
        try {
            for (int i = 0; i < speakers; i++) {
                int speaker = i;
                threads.execute(() -> IntStream.range(0, each)
                        .forEach(n -> clients.get(speaker).send(speak(id("u" + speaker, n), speaker + "-" + n))));
            }
            List<Future<List<String>>> heard = new ArrayList<>();
            for (TestClient client : clients) {
                heard.add(threads.submit(() -> messages(client, speakers * each, each)));
            }
            List<String> first = heard.get(0).get(60, TimeUnit.SECONDS);
            assertThat(new HashSet<>(first)).hasSize(speakers * each);
            for (Future<List<String>> other : heard) {
                assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(first);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Checks the chain on the way. */
    private static List<String> messages(TestClient client, int count, int acks) throws InterruptedException {
        List<String> contents = new ArrayList<>();
        Set<String> acked = new HashSet<>();
        JsonNode before = null;
        while (contents.size() < count || acked.size() < acks) {
            for (JsonNode data : next(client)) {
                if (data.path("event").asString().equals("ack")) {
                    acked.add(data.path("id").asString());
                } else if (data.path("event").asString().equals("message")) {
                    if (before != null) {
                        assertThat(data.path("seq").asLong())
                                .isEqualTo(before.path("seq").asLong() + 1);
                        assertThat(data.path("prev").asString())
                                .isEqualTo(before.path("mid").asString());
                    }
                    before = data;
                    contents.add(data.path("content").asString());
                }
            }
        }
        return contents;
    }

    @Test
    void frameThatBreaksARuleLeavesTheConnectionOpenAndNoJsonClosesIt() throws InterruptedException {
        TestClient ann = connect("ann");

        ann.send("[{\"event\":\"nonsense\",\"id\":\"x\"},{\"event\":\"ping\",\"id\":\"y\"}]");
        List<JsonNode> answers = until(ann, "pong");
        ann.send("{no json");

        assertThat(answers.get(0).path("event").asString()).isEqualTo("error");
        assertThat(answers.get(0).path("id").asString()).isEqualTo("x");
        assertThat(ann.awaitClose().code()).isEqualTo(1007);
    }
}
