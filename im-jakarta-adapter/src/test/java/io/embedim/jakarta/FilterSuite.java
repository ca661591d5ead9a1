package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.session.Session;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees of a refusal where a filter stands in front; in every container with servlets. */
abstract class FilterSuite {

    private final RecordingCore core = new RecordingCore();
    private final Container.Kind kind;
    private final Container container;

    FilterSuite(Container.Kind kind) {
        this.kind = kind;
        this.container = kind.create();
    }

    @BeforeEach
    void needsServlets() {
        assumeTrue(kind.hasServlets(), "without servlets there is no filter");
    }

    @AfterEach
    void stop() {
        container.close();
    }

    @Test
    void theStatusIsTheAuthenticators() {
        core.authenticator = handshake -> CompletableFuture.completedStage(
                new Authentication.Refused(handshake.queryParameter("ticket").isPresent() ? 403 : 401, "test"));
        start(ImEndpointOptions.defaults());

        assertThat(TestClient.status(container.uri("/im"), Map.of())).isEqualTo(401);
        assertThat(TestClient.status(container.uri("/im?ticket=old"), Map.of())).isEqualTo(403);
        assertThat(core.isUntouched()).isTrue();
    }

    @Test
    void whoIsAcceptedIsNotAskedAgain() throws InterruptedException {
        Authentication accepted = new Authentication.Accepted(Identity.of(UserId.of("10000")));
        core.authenticator = handshake -> CompletableFuture.completedStage(accepted);
        start(ImEndpointOptions.defaults());

        TestClient.connect(container.uri("/im"));

        assertThat(core.next().authentication).isEqualTo(accepted);
    }

    @Test
    void anAnswerThatComesLaterIsWaitedFor() throws InterruptedException {
        core.authenticator = handshake -> CompletableFuture.supplyAsync(
                Authentication.Claimed::new, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        start(ImEndpointOptions.defaults());

        TestClient.connect(container.uri("/im"));

        assertThat(core.next().authentication).isEqualTo(new Authentication.Claimed());
    }

    @Test
    void anAnswerThatFailsOrDoesNotComeIs503() {
        core.limits = Limits.defaults().withBackendTime(Duration.ofMillis(100));
        core.authenticator = handshake -> handshake.query().containsKey("fail")
                ? CompletableFuture.failedStage(new IllegalStateException("database is down"))
                : new CompletableFuture<>();
        start(ImEndpointOptions.defaults());

        assertThat(TestClient.status(container.uri("/im?fail"), Map.of())).isEqualTo(503);
        assertThat(TestClient.status(container.uri("/im"), Map.of())).isEqualTo(503);
    }

    @Test
    void onlySomeMayWaitOnTheContainersThreads() {
        CompletableFuture<Authentication> answer = new CompletableFuture<>();
        core.authenticator = handshake -> answer;
        start(ImEndpointOptions.defaults());

        List<CompletableFuture<Integer>> statuses = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> TestClient.status(container.uri("/im"), Map.of()), task -> new Thread(task).start()))
                .toList();

        await().until(() -> statuses.stream().filter(CompletableFuture::isDone).count() == 8);
        answer.complete(new Authentication.Claimed());
        assertThat(statuses.stream().map(CompletableFuture::join))
                .containsOnly(101, 503)
                .filteredOn(status -> status == 503)
                .hasSize(8);
    }

    @Test
    void principalIsTheContainers() throws InterruptedException {
        container.requireLogin("/im");
        start(ImEndpointOptions.defaults());
        String login = Base64.getEncoder()
                .encodeToString((Container.USER + ":" + Container.PASSWORD).getBytes(StandardCharsets.UTF_8));

        assertThat(TestClient.status(container.uri("/im"), Map.of())).isEqualTo(401);
        TestClient.connect(container.uri("/im"), Map.of("Authorization", "Basic " + login));

        assertThat(core.next().handshake.principal()).map(Principal::getName).contains(Container.USER);
    }

    @Test
    void authenticationAfterTheUpgradeLeavesItToTheServer() throws InterruptedException {
        core.authenticator = handshake -> CompletableFuture.completedStage(new Authentication.Refused(401, "test"));
        start(ImEndpointOptions.defaults().withAuthenticationBeforeUpgrade(false));

        TestClient.connect(container.uri("/im"));

        RecordingCore.Opened opened = core.next();
        assertThat(opened.authentication).isNull();
        assertThat(opened.handshake.remoteAddress()).isPresent();
    }

    @Test
    void originsAreConfigured() {
        container.register("/any", core, ImEndpointOptions.defaults().withOrigins(AllowedOrigins.any()));
        start(ImEndpointOptions.defaults().withOrigins(AllowedOrigins.of("https://chat.example")));

        assertThat(status("/im", "https://chat.example")).isEqualTo(101);
        assertThat(status("/im", "http://localhost:" + container.port())).isEqualTo(403);
        assertThat(status("/im", "null")).isEqualTo(403);
        assertThat(status("/any", "null")).isEqualTo(101);
    }

    @Test
    void otherRequestsPass() throws IOException, InterruptedException {
        core.authenticator = handshake -> CompletableFuture.completedStage(new Authentication.Refused(401, "test"));
        start(ImEndpointOptions.defaults());

        HttpRequest plain = HttpRequest.newBuilder(URI.create("http://localhost:" + container.port() + "/im"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(plain, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aListenerThatMayAddNoFilterUsesTheOneOfTheInitializer() {
        core.authenticator = handshake -> CompletableFuture.completedStage(new Authentication.Refused(401, "test"));
        container.initializer(new ImInitializer());
        registerInAListenerAddedByAProgram();
        container.start();

        assertThat(TestClient.status(container.uri("/im"), Map.of())).isEqualTo(401);
    }

    @Test
    void withoutAnyFilterTheServerDecidesAfterTheUpgrade() throws InterruptedException {
        registerInAListenerAddedByAProgram();
        container.start();

        TestClient.connect(container.uri("/im"));
        assertThat(core.next().authentication).isNull();
        TestClient foreign = TestClient.connect(container.uri("/im"), Map.of("Origin", "https://evil.example"));
        assertThat(foreign.awaitClose().code()).isEqualTo(1008);
    }

    @Test
    void aGuardStandsInFrontOfAnAnnotatedEndpoint() {
        BlockingQueue<Session> connected = new LinkedBlockingQueue<>();
        try (ImServer server = ImServer.builder()
                .authenticator(handshake -> CompletableFuture.completedStage(
                        handshake.queryParameter("ticket").isPresent()
                                ? new Authentication.Accepted(Identity.of(UserId.of("10000")))
                                : new Authentication.Refused(401, "test")))
                .listener(new ImListener() {
                    @Override
                    public void connected(Session session, Handshake handshake) {
                        connected.add(session);
                    }
                })
                .build()) {
            AnnotatedChat.current = server;
            container.annotated(AnnotatedChat.class);
            container.onStart(
                    context -> ImEndpoints.guard(context, "/annotated", server, ImEndpointOptions.defaults()));
            container.start();

            assertThat(TestClient.status(container.uri("/annotated"), Map.of())).isEqualTo(401);
            assertThat(TestClient.status(container.uri("/annotated?ticket=x"), Map.of()))
                    .isEqualTo(101);
            await().until(() -> !connected.isEmpty());
            assertThat(connected.remove().attributes()).containsKey(Session.CLIENT_IP);
        } finally {
            AnnotatedChat.current = null;
        }
    }

    @Test
    void aGuardClosesWhoCameThroughIt() {
        AtomicReference<ImEndpoints.@Nullable Registration> guard = new AtomicReference<>();
        try (ImServer server = ImServer.builder().classicProfile().build()) {
            AnnotatedChat.current = server;
            container.annotated(AnnotatedChat.class);
            container.onStart(context ->
                    guard.set(ImEndpoints.guard(context, "/annotated", server, ImEndpointOptions.defaults())));
            container.start();
            ImEndpoints.Registration registration = Objects.requireNonNull(guard.get());
            TestClient client = TestClient.connect(container.uri("/annotated"));
            await().until(() -> registration.connections() == 1);

            registration.close();

            assertThat(client.awaitClose()).isEqualTo(new TestClient.Closed(4001, "server going away"));
            assertThat(registration.connections()).isZero();
            assertThat(TestClient.status(container.uri("/annotated"), Map.of())).isEqualTo(503);
        } finally {
            AnnotatedChat.current = null;
        }
    }

    @Test
    void anotherServersAnswerDoesNotCount() throws InterruptedException {
        RecordingCore other = new RecordingCore();
        container.register("/other", other, ImEndpointOptions.defaults());
        start(ImEndpointOptions.defaults());
        Handshake handshake = Handshake.at("/im").build();
        Admission admission = new Admission(other, "127.0.0.1", new Authentication.Claimed(), new Pipes("test", false));

        Arrival arrival = new Arrival(handshake, admission, true, new Pipes("test", false));

        assertThat(arrival.authenticationBy(core)).isNull();
        assertThat(arrival.authenticationBy(other)).isNotNull();
    }

    private void registerInAListenerAddedByAProgram() {
        container.initializer((classes, context) -> context.addListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                ImEndpoints.register(event.getServletContext(), "/im", core, ImEndpointOptions.defaults());
            }
        }));
    }

    private void start(ImEndpointOptions options) {
        container.register("/im", core, options);
        container.start();
    }

    private int status(String path, String origin) {
        return TestClient.status(container.uri(path), Map.of("Origin", origin));
    }
}
