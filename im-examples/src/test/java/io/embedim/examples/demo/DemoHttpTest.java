package io.embedim.examples.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(ContainerKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoHttpTest {

    @Parameter
    ContainerKind container;

    /** As browsers: Grizzly answers otherwise where a request also asks for an upgrade to HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Demo demo;

    @BeforeParameterizedClassInvocation
    void start() throws UsageException {
        demo = Demo.start(DemoOptions.DEFAULTS.withPort(0).withContainer(container));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        demo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html;charset=utf-8",
        "index.html, text/html;charset=utf-8",
        "css/theme.css, text/css;charset=utf-8",
        "js/main.js, text/javascript;charset=utf-8",
        "icon.svg, image/svg+xml",
        "favicon.ico, image/svg+xml",
        "v2/, text/html;charset=utf-8",
        "v2/js/main.js, text/javascript;charset=utf-8",
        "embedim/im-client.js, text/javascript;charset=utf-8",
        "embedim/im-client/chat.js, text/javascript;charset=utf-8",
        "?user=10086&name=x, text/html;charset=utf-8"
    })
    void servesThePage(String path, String type) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo(type);
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(response, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(response.body()).isNotEmpty();
    }

    @Test
    void sendsAFileOnlyOnce() throws Exception {
        String tag = header(get("js/main.js"), "ETag");

        HttpResponse<String> again = get("js/main.js", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"im", "nope.html", "js", "js/", "web/index.html", "api", "api/login", "api/nope"})
    void knowsNothingElse(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../simplelogger.properties",
                "/../../etc/passwd",
                "/js/../../simplelogger.properties",
                "/js/..;/../simplelogger.properties",
                "/%2e%2e/simplelogger.properties",
                "/..%2fsimplelogger.properties",
                "/js/%2e%2e/%2e%2e/simplelogger.properties",
                "/..%5csimplelogger.properties",
                "/%252e%252e/simplelogger.properties",
                "/..%c0%afsimplelogger.properties",
                "//etc/passwd",
                "/js/main.js%00.html",
                "/js/.../main.js",
                "/io/embedim/examples/demo/DemoMain.class",
                "/simplelogger.properties",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF"
            })
    void noPathLeadsOutOfTheFolder(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (400|404) .*")
                .doesNotContain("simpleLogger")
                .doesNotContain("root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE"})
    void onlyReads(String method) throws IOException {
        String answer =
                raw(method + " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("Apache");
    }

    @Test
    void tellsItsProfile() throws Exception {
        HttpResponse<String> response = get("api/config");

        assertThat(response.body()).isEqualTo("{\"profile\":\"classic\"}");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json;charset=utf-8");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(demo.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), demo.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
