package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.embedim.model.Limits;
import io.embedim.testkit.conformance.ConformanceCase;
import io.embedim.testkit.conformance.ConformanceCases;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web application in a server. What is asked of it goes over HTTP too, for nothing of it is in this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WarSuite {

    private static final String PING = "{\"event\":\"ping\"}";
    private static final String PONG = "心跳检测";

    private final ServerProcess server;

    WarSuite(ServerProcess server) {
        this.server = server;
    }

    @BeforeAll
    void start() throws IOException {
        server.start();
        server.deploy();
    }

    @AfterAll
    void stop() throws InterruptedException {
        server.stop();
    }

    static Stream<ConformanceCase> cases() {
        return ConformanceCases.classic();
    }

    /** The registered endpoint, and the annotated one where the server can have it. */
    List<String> paths() {
        return server.inheritsAnnotations() ? List.of("/chat", "/annotated") : List.of("/chat");
    }

    private String path(int i) {
        return paths().get(i % paths().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecorded(ConformanceCase recorded) {
        String path = recorded.requireAvatar() ? "/avatar" : "/chat";

        recorded.replay(new SocketTransport(server.uri(path), () -> connections(path)));

        awaitConnections(path, 0);
    }

    @Test
    void allEndpointsAreOneChatOfOneBean() throws Exception {
        try (TestClient one = TestClient.connect(server.uri(path(1)));
                TestClient two = TestClient.connect(server.uri("/chat"))) {
            one.send(private1("join", 1, "x", 0));
            assertThat(one.receive()).contains("success");

            two.send(private1("join", 2, "x", 0));
            assertThat(two.receive()).contains("success");
            two.sendPart(private1("speak", 2, "Hi 🎉", 1).substring(0, 40), false)
                    .sendPart(private1("speak", 2, "Hi 🎉", 1).substring(40), true);

            assertThat(one.receive()).contains("[说]:Hi 🎉");
            assertThat(server.get("/online")).isEqualTo("{\"sessions\":2,\"users\":2}");
        }
        awaitConnections("/chat", 0);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void handshakeHasAllFacts(String path) {
        String name = "facts-of-" + path.substring(1);
        URI uri = server.uri(path + "?probe=" + name + "&ticket=a%20b&ticket=c&%E5%90%8D=%E7%84%A1%E5%B0%98");
        Map<String, String> headers = Map.of("X-Test", "one, two (three, four)", "Accept-Language", "en-GB, zh;q=0.5");

        try (TestClient client = TestClient.connect(uri, headers, "chat.unknown")) {
            await().until(() -> facts(name).containsKey("path"));
            Properties facts = facts(name);

            assertThat(client.send(PING).closed()).isNotDone();
            assertThat(facts)
                    .containsEntry("path", "/im" + path)
                    .containsEntry("header", "one, two (three, four)")
                    .containsEntry("language", "en")
                    .containsEntry("tickets", "a b|c")
                    .containsEntry("name", "無尘")
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry("principal", "")
                    .containsEntry("subprotocol", "");
        }
        awaitConnections("/chat", 0);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void originOfAnotherHostIsRefusedWith403(String path) {
        String here = "localhost:" + server.port;

        assertThat(status(path, Map.of("Origin", "https://evil.example"))).isEqualTo(403);
        assertThat(status(path, Map.of("Origin", "http://" + here))).isEqualTo(101);
        assertThat(status(path, Map.of("Origin", "https://" + here))).isEqualTo(101);
        awaitConnections("/chat", 0);
    }

    @Test
    void whoIsRefusedByTheAuthenticatorGets401() {
        assertThat(status("/ticket", Map.of())).isEqualTo(401);
        assertThat(status("/principal", Map.of())).isEqualTo(401);
        assertThat(status("/ticket?ticket=ann", Map.of())).isEqualTo(101);
        awaitConnections("/ticket", 0);
        assertThat(connections("/principal")).isZero();
    }

    @Test
    void textComesWholeFromFragmentsAndLongFrames() throws InterruptedException {
        String big = "無尘🎉".repeat(4_900);
        String frame = group("speak", 1, big);
        try (TestClient client = TestClient.connect(server.uri("/wide"))) {
            client.send(group("join", 1, "x"));
            assertThat(client.receive()).contains("success");

            int start = frame.indexOf(big);
            client.sendPart(frame.substring(0, start + 3_000), false)
                    .sendPart(frame.substring(start + 3_000, start + 15_001), false)
                    .sendPart(frame.substring(start + 15_001), true)
                    .send(frame);

            assertThat(client.receive()).contains(big);
            assertThat(client.receive()).contains(big);
        }
        awaitConnections("/wide", 0);
    }

    @Test
    void framesThatAreTooLongAreClosedWith1009() {
        int limit = Limits.defaults().frameBytes();
        TestClient atOnce = TestClient.connect(server.uri("/chat?probe=too-long"));
        TestClient inParts = TestClient.connect(server.uri("/chat"));
        TestClient annotated = TestClient.connect(server.uri(path(1)));

        atOnce.send("x".repeat(limit + 1));
        annotated.send("x".repeat(limit + 1));
        for (int i = 0; i < 40; i++) {
            inParts.sendPart("無".repeat(1_000), i == 39);
        }

        assertThat(atOnce.awaitClose().code()).isEqualTo(1009);
        assertThat(inParts.awaitClose().code()).isEqualTo(1009);
        assertThat(annotated.awaitClose().code()).isEqualTo(1009);
        await().untilAsserted(() ->
                assertThat(facts("too-long").getProperty("closed", "")).startsWith("1009 "));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aBinaryFrameIsClosedWith1003(String path) {
        TestClient small = TestClient.connect(server.uri(path));
        TestClient large = TestClient.connect(server.uri(path));

        small.sendBinary(new byte[] {1});
        large.sendBinary(new byte[100_000]);

        assertThat(small.awaitClose().code()).isEqualTo(1003);
        // It is too long as well, and some servers are quicker to see that.
        assertThat(large.awaitClose().code()).isIn(1003, 1009);
    }

    @Test
    void whoIsSilentIsClosedWith4003() {
        TestClient client = TestClient.connect(server.uri("/impatient"));

        assertThat(client.awaitClose()).isEqualTo(new TestClient.Closed(4003, "idle"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 3001, 4321})
    void chatHearsTheCodeOfTheClient(int code) {
        String name = "closes-with-" + code;
        TestClient client = TestClient.connect(server.uri("/chat?probe=" + name));
        await().until(() -> facts(name).containsKey("path"));

        client.sendClose(code, "bye");

        assertThat(client.awaitClose().code()).isEqualTo(code);
        await().untilAsserted(() -> assertThat(facts(name)).containsEntry("closed", code + " bye"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aClientThatIsCutOffIsLost(String path) throws IOException {
        awaitConnections("/chat", 0);
        SocketClient client = SocketClient.connect(server.uri(path));
        awaitConnections("/chat", 1);

        client.reset();

        awaitConnections("/chat", 0);
    }

    @Test
    void clientsThatAreCutOffAsSoonAsTheyAreLetInAreForgottenAtLast() {
        for (int i = 0; i < 20; i++) {
            TestClient.connect(server.uri("/impatient")).close();
        }

        awaitConnections("/impatient", 0);
    }

    @Test
    void everybodyGetsTheFramesOfThirtyTwoSendersOnceAndInOneOrder() throws InterruptedException {
        assumeTrue(
                server.tellsOfEveryWrite(), "some writes of this server never end under load; see docs/containers.md");
        int senders = 32;
        int each = 50;
        List<TestClient> clients = IntStream.range(0, senders)
                .mapToObj(i -> TestClient.connect(server.uri(path(i))))
                .toList();
        for (int i = 0; i < senders; i++) {
            clients.get(i).send(group("join", i, "hello"));
            assertThat(clients.get(i).receive()).contains("success");
        }

        List<Thread> threads = IntStream.range(0, senders)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, each)
                        .forEach(n -> clients.get(i).send(group("speak", i, "m" + i + "-" + n + "🎉")))))
                .toList();
        threads.forEach(Thread::start);

        List<String> order = take(clients.get(0), senders * each);
        assertThat(order).doesNotHaveDuplicates();
        for (TestClient client : clients.subList(1, senders)) {
            assertThat(take(client, senders * each)).isEqualTo(order);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        clients.forEach(TestClient::close);
        awaitConnections("/chat", 0);
    }

    private static List<String> take(TestClient client, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(client.receive());
        }
        return taken;
    }

    @Test
    void whoDoesNotReadIsClosedWith4002AndTheOthersGetAll() throws InterruptedException {
        String content = "無".repeat(10_000);
        TestClient stalled = TestClient.connect(server.uri("/wide?probe=stalled"));
        List<TestClient> readers = Stream.generate(() -> TestClient.connect(server.uri("/wide")))
                .limit(3)
                .toList();
        stalled.stopReading();
        stalled.send(group("join", 99, "x"));
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).send(group("join", i, "x"));
            assertThat(readers.get(i).receive()).contains("success");
        }

        // Each is 30 KB; kernels take a few MB for a peer that does not read.
        int sent = 0;
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!facts("stalled").containsKey("closed")) {
            assertThat(System.nanoTime()).as("the stalled client is not closed").isLessThan(deadline);
            readers.get(0).send(group("speak", 0, sent + ":" + content));
            for (TestClient reader : readers) {
                assertThat(receiveMessage(reader)).contains("]:" + sent + ":");
            }
            sent++;
        }

        assertThat(facts("stalled").getProperty("closed")).isEqualTo("4002 slow consumer");
        assertThat(sent).isGreaterThan(20);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.closed()).isNotDone());
        stalled.close();
        readers.forEach(TestClient::close);
        awaitConnections("/wide", 0);
    }

    /** The next that is not the leave of the stalled client, which may come before it is told of as closed. */
    private static String receiveMessage(TestClient reader) throws InterruptedException {
        String frame = reader.receive();
        return frame.contains("\"event\":\"leave\"") ? reader.receive() : frame;
    }

    @Test
    void undeployUnderLoadLeavesNothingAndTheApplicationCanComeBack() throws Exception {
        List<TestClient> clients = IntStream.range(0, 40)
                .mapToObj(i -> TestClient.connect(server.uri(path(i))))
                .toList();
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).send(group("join", i, "x"));
            assertThat(clients.get(i).receive()).contains("success");
        }
        // Few enough are on their way that even the client that reads last stays far below the limit of a slow one.
        Semaphore onTheWay = new Semaphore(64 * clients.size());
        List<Thread> load = IntStream.range(0, clients.size())
                .mapToObj(i -> new Thread(() -> speakUntilClosed(clients.get(i), i, onTheWay, clients.size())))
                .toList();
        load.forEach(Thread::start);
        assertThat(server.threads("im-")).isNotEmpty();
        assertThat(server.instances(JakartaConnection.class)).isGreaterThanOrEqualTo(clients.size());

        server.undeploy();

        TestClient.Closed told = new TestClient.Closed(4001, "server going away");
        assertThat(clients).extracting(TestClient::awaitClose).containsOnly(told);
        for (Thread thread : load) {
            thread.join();
        }
        await().untilAsserted(() -> assertThat(server.threads("im-")).isEmpty());
        // Idle threads of a server may hold what they have done last, and with it one of these, but not all.
        await().pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(server.instances(JakartaConnection.class)).isLessThan(5));

        server.deploy();

        try (TestClient client = TestClient.connect(server.uri("/chat"))) {
            assertThat(client.send(PING).receive()).contains(PONG);
        }
        awaitConnections("/chat", 0);
    }

    /** Sends on when the chat has told enough of what was sent before to all its readers. */
    private static void speakUntilClosed(TestClient client, int user, Semaphore onTheWay, int readers) {
        client.onMessage(text -> {
            if (text.contains("]:load of ")) {
                onTheWay.release();
            }
        });
        try {
            while (!client.closed().isDone()) {
                if (onTheWay.tryAcquire(readers, 100, TimeUnit.MILLISECONDS)) {
                    client.send(group("speak", user, "load of " + user + " 🎉"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String group(String event, int user, String content) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":7001,\"from_user_id\":\"u" + user
                + "\",\"from_username\":\"n" + user + "\",\"content\":\"" + content + "\"}";
    }

    private static String private1(String event, int user, String content, int to) {
        return "{\"event\":\"" + event + "\",\"mode\":1,\"group_id\":0,\"from_user_id\":" + user
                + ",\"from_username\":\"n" + user + "\",\"content\":\"" + content + "\",\"to_user_id\":" + to + "}";
    }

    /** The HTTP status of a refused handshake, or 101; who is let in closes normally. */
    private int status(String path, Map<String, String> headers) {
        try {
            TestClient client = TestClient.connect(server.uri(path), headers);
            client.sendClose(1000, "").awaitClose();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private int connections(String path) {
        return Integer.parseInt(facts("").getProperty(path));
    }

    private void awaitConnections(String path, int count) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> connections(path) == count);
    }

    private Properties facts(String name) {
        try {
            Properties facts = new Properties();
            facts.load(new StringReader(server.get("/probe?name=" + name)));
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
