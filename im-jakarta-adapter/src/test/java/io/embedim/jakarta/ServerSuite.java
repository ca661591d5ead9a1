package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ValidationRules;
import io.embedim.security.Authenticator;
import io.embedim.session.Session;
import io.embedim.testkit.conformance.ConformanceCase;
import io.embedim.testkit.conformance.ConformanceCases;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real server behind real sockets, in any container: several endpoints and servers in one application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerSuite {

    private final Container.Kind kind;
    private final Container container;
    private final Events events = new Events();
    private final ImServer optional = ImServer.builder()
            .classicProfile()
            .attributes(new UserAgentBrowser())
            .listener(events)
            .build();
    private final ImServer required = ImServer.builder()
            .classicProfile()
            .validationRules(ValidationRules.defaults().withAvatarRequired(true))
            .build();
    private final ImServer strict =
            ImServer.builder().authenticator(Authenticator.containerPrincipal()).build();
    private final ImServer impatient = ImServer.builder()
            .classicProfile()
            .limits(Limits.defaults().withIdleTime(Duration.ofSeconds(1)))
            .build();
    private final ImServer beating = ImServer.builder()
            .classicProfile()
            .heartbeat(Heartbeat.pings(Duration.ofSeconds(1)))
            .build();
    private final List<ImServer> servers = List.of(optional, required, strict, impatient, beating);
    private final List<ImEndpoints.Registration> registrations;

    ServerSuite(Container.Kind kind) {
        this.kind = kind;
        this.container = kind.create();
        this.registrations = List.of(
                register("/im", optional),
                register("/avatar", required),
                register("/strict", strict),
                register("/impatient", impatient),
                register("/beating", beating));
    }

    private ImEndpoints.Registration register(String path, ImServer server) {
        return container.register(path, Core.of(server), ImEndpointOptions.defaults());
    }

    @BeforeAll
    void start() {
        container.start();
    }

    @AfterAll
    void stop() {
        registrations.forEach(ImEndpoints.Registration::close);
        servers.forEach(ImServer::close);
        container.close();
    }

    static Stream<ConformanceCase> cases() {
        return ConformanceCases.classic();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsRecorded(ConformanceCase recorded) {
        ImServer server = recorded.requireAvatar() ? required : optional;
        String path = recorded.requireAvatar() ? "/avatar" : "/im";

        recorded.replay(new SocketTransport(container.uri(path), server::connections));

        await().pollInterval(Duration.ofMillis(2))
                .until(() -> server.connections() == 0
                        && registrations.stream().allMatch(registration -> registration.connections() == 0));
    }

    @Test
    void whoDoesNotAnswerPingsIsClosedAndWhoDoesStays() throws Exception {
        Pings.closeWhoDoesNotAnswer(container.uri("/beating"));
    }

    @Test
    void aFrameThatIsTooLongIsClosedWith1009() {
        TestClient client = TestClient.connect(container.uri("/im"));

        client.send("x".repeat(Limits.defaults().frameBytes() + 1));

        assertThat(client.awaitClose().code()).isEqualTo(1009);
    }

    @Test
    void aFrameThatIsJustShortEnoughIsAnswered() throws InterruptedException {
        try (TestClient client = TestClient.connect(container.uri("/im"))) {
            String head = "{\"event\":\"ping\",\"more\":\"";
            String tail = "\"}";
            int rest = Limits.defaults().frameBytes() - head.length() - tail.length();

            client.send(head + "x".repeat(rest) + tail);

            assertThat(client.receive()).contains("心跳检测");
        }
    }

    @Test
    void manyFragmentsThatAreTooLongTogetherAreClosedWith1009() {
        TestClient client = TestClient.connect(container.uri("/im"));

        for (int i = 0; i < 40; i++) {
            client.sendPart("無".repeat(1_000), i == 39);
        }

        assertThat(client.awaitClose().code()).isEqualTo(1009);
    }

    @Test
    void aBinaryFrameIsClosedWith1003() {
        TestClient client = TestClient.connect(container.uri("/im"));

        client.sendBinary(new byte[100_000]);

        assertThat(client.awaitClose().code()).isEqualTo(1003);
    }

    @Test
    void whoIsSilentIsClosedWith4003() {
        assertThat(TestClient.connect(container.uri("/impatient")).awaitClose().code())
                .isEqualTo(4003);
    }

    /** Half open: nothing comes, and nobody answers the close. */
    @Test
    void whoIsSilentAndDoesNotAnswerTheCloseIsCutOff() throws IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/impatient"))) {
            assertThat(client.closeCode()).isEqualTo(4003);
            assertThat(client.isCutOff()).isTrue();
            await().until(() -> impatient.connections() == 0);
        }
    }

    @Test
    void whoHasNoPrincipalIsRefusedAsEarlyAsTheContainerAllows() {
        if (kind.hasServlets()) {
            assertThat(TestClient.status(container.uri("/strict"), Map.of())).isEqualTo(401);
        } else {
            assertThat(TestClient.connect(container.uri("/strict")).awaitClose().code())
                    .isEqualTo(4100);
        }
    }

    @Test
    void anExceptionOfAListenerHarmsNobody() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"), Map.of("X-Throw", "yes"));

        client.send("{\"event\":\"ping\"}").send("{\"event\":\"ping\"}");

        assertThat(client.receive()).contains("心跳检测");
        assertThat(client.receive()).contains("心跳检测");
        client.close();
    }

    @Test
    void sessionKnowsAddressAndBrowser() throws InterruptedException {
        String chrome =
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
        try (TestClient client =
                TestClient.connect(container.uri("/im"), Map.of("User-Agent", chrome, "X-Watch", "yes"))) {
            Session session = events.connected.take();

            assertThat(client.closed()).isNotDone();
            assertThat(session.attributes())
                    .containsEntry(Session.BROWSER, "Chrome")
                    .containsKey(Session.CLIENT_IP);
        }
    }

    @Test
    void everyFrameOfThirtyTwoThreadsReachesEverybodyOnce() throws InterruptedException {
        int senders = 32;
        int each = 50;
        List<TestClient> clients = IntStream.range(0, senders)
                .mapToObj(i -> TestClient.connect(container.uri("/im")))
                .toList();
        for (int i = 0; i < senders; i++) {
            clients.get(i).send(frame("join", i, "hello"));
            assertThat(clients.get(i).receive()).contains("success");
        }
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        for (int i = 0; i < senders; i++) {
            int sender = i;
            threads.execute(() -> {
                for (int n = 0; n < each; n++) {
                    clients.get(sender).send(frame("speak", sender, "m" + sender + "-" + n + "🎉"));
                }
            });
        }

        for (TestClient client : clients) {
            Set<String> got = new HashSet<>();
            for (int i = 0; i < senders * each; i++) {
                got.add(client.receive());
            }
            assertThat(got).hasSize(senders * each);
        }
        threads.shutdownNow();
        clients.forEach(TestClient::close);
    }

    private static String frame(String event, int user, String content) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":7001,\"from_user_id\":\"u" + user
                + "\",\"from_username\":\"n" + user + "\",\"content\":\"" + content + "\"}";
    }

    /** Throws at whom a header asks to. */
    private static final class Events implements ImListener {

        private final BlockingQueue<Session> connected = new LinkedBlockingQueue<>();
        private final Set<String> cursed = ConcurrentHashMap.newKeySet();

        @Override
        public void connected(Session session, Handshake handshake) {
            if (handshake.header("X-Watch").isPresent()) {
                connected.add(session);
            }
            if (handshake.header("X-Throw").isPresent()) {
                cursed.add(session.id().value());
                throw new IllegalStateException("thrown by the test in connected");
            }
        }

        @Override
        public void received(Session session, ClientFrame frame) {
            if (cursed.contains(session.id().value())) {
                throw new IllegalStateException("thrown by the test in received");
            }
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            if (cursed.contains(session.id().value())) {
                throw new IllegalStateException("thrown by the test in closed");
            }
        }
    }
}
