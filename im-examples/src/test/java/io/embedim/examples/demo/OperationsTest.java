package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
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
}
