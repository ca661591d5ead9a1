package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.embedim.model.UserId;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo shows to who operates it (docs/operations.md). */
class OperationsTest {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Optional<Demo> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(Demo::close);
    }

    private Demo start(DemoOptions options) throws UsageException {
        Demo demo = Demo.start(options.withPort(0));
        running = Optional.of(demo);
        return demo;
    }

    private HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void metricsAndHealthAreThereInEveryContainer(ContainerKind container) throws Exception {
        Demo demo = start(DemoOptions.DEFAULTS.withContainer(container));

        HttpResponse<String> metrics = get(demo.url() + "metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("text/plain");
        assertThat(metrics.body())
                .contains("# TYPE embedim_connections gauge")
                .contains("embedim_handling_seconds_bucket{le=\"1.0E-4\"}")
                .contains("jvm_memory_used_bytes{area=\"heap\"");
        assertThat(get(demo.url() + "health/live"))
                .returns(200, HttpResponse::statusCode)
                .returns("{\"live\":true}", HttpResponse::body);
        HttpResponse<String> ready = get(demo.url() + "health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .startsWith("{\"live\":true,\"ready\":true,\"components\":[{\"name\":\"server\",\"up\":true,")
                .contains("{\"name\":\"broker\",\"up\":true,\"text\":\"answered in ");

        demo.server().close();

        assertThat(get(demo.url() + "health/live"))
                .returns(503, HttpResponse::statusCode)
                .returns("{\"live\":false}", HttpResponse::body);
        assertThat(get(demo.url() + "health/ready").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "health/live", "health/ready"})
    void aProxyOnThisMachineAsksForOthers(String path) throws Exception {
        Demo demo = start(DemoOptions.DEFAULTS);

        assertThat(get(demo.url() + path, "X-Forwarded-For", "203.0.113.9").statusCode())
                .isEqualTo(404);
        assertThat(get(demo.url() + path, "Forwarded", "for=203.0.113.9").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(ContainerKind.class)
    void othersSeeThemOnlyWhereTheOptionSaysSo(ContainerKind container) throws Exception {
        String outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("");
        assumeFalse(outside.isEmpty(), "this machine has no address of its own");
        DemoOptions everywhere = DemoOptions.DEFAULTS.withHost("0.0.0.0").withContainer(container);

        try (Demo closed = Demo.start(everywhere.withPort(0))) {
            String url = "http://" + outside + ":" + closed.port() + "/";
            assertThat(get(url).statusCode()).isEqualTo(200);
            assertThat(get(url + "metrics").statusCode()).isEqualTo(404);
            assertThat(get(url + "health/ready").statusCode()).isEqualTo(404);
            assertThat(get(closed.url() + "metrics").statusCode()).isEqualTo(200);
        }
        try (Demo open = Demo.start(everywhere.withPort(0).withOperationsForAll(true))) {
            assertThat(get("http://" + outside + ":" + open.port() + "/metrics").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theOptionIsRead() throws UsageException {
        assertThat(DemoOptions.parse("--operations-for-all").operationsForAll()).isTrue();
        assertThat(DemoOptions.parse().operationsForAll()).isFalse();
        assertThat(DemoOptions.parse("--operations-for-all", "--port", "1", "--host", "h", "--require-avatar")
                        .operationsForAll())
                .isTrue();
    }

    @Test
    void userIsKickedByWhoIsOnThisMachineAndByNoPage() throws Exception {
        Demo demo = start(DemoOptions.DEFAULTS);
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + demo.port() + "/im"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        closed.complete(code);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        socket.sendText(
                        "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":7,\"from_username\":\"A\",\"content\":\"c\"}",
                        true)
                .get(10, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> demo.server()
                        .presence()
                        .isOnline(UserId.of("7"))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS));

        assertThat(kick(demo, "{\"user_id\":\"7\"}", "Origin", demo.url()).statusCode())
                .isEqualTo(403);
        assertThat(kick(demo, "{\"user_id\":\"7\"}", "X-Forwarded-For", "192.0.2.1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(kick(demo, "{\"user_id\":\"\"}").statusCode()).isEqualTo(400);
        assertThat(get(demo.url() + "operations/kick").statusCode()).isEqualTo(405);
        assertThat(closed).isNotDone();
        assertThat(kick(demo, "{\"user_id\":\"7\"}").body()).isEqualTo("{\"closed\":\"1\"}");
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(4102);
        assertThat(kick(demo, "{\"user_id\":\"7\"}").body()).isEqualTo("{\"closed\":\"0\"}");
    }

    private HttpResponse<String> kick(Demo demo, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(demo.url() + "operations/kick"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
