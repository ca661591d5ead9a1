package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.examples.WsClient;
import io.embedim.testkit.conformance.ConformanceCase;
import io.embedim.testkit.conformance.ConformanceCases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar that users run, as it was packaged, in a process of its own. */
@ParameterizedClass
@EnumSource(ContainerKind.class)
class DemoJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(
            System.getProperty("im.demo.jar"), "im.demo.jar names no file; run this test with mvn verify"));

    /** About one second on a quiet machine; a busy one must not make the build fail. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final String PING = "{\"event\":\"ping\"}";
    private static final Duration STOP = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();

    private final ContainerKind container;

    DemoJarIT(ContainerKind container) {
        this.container = container;
    }

    @TempDir
    Path directory;

    @Test
    void isReadyInTimeAndServesThePage() throws Exception {
        long began = System.nanoTime();
        try (DemoProcess demo = demo("--port", "0")) {
            String url = demo.url();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            System.out.println("the demo in " + container.label() + " was ready after " + took.toMillis() + " ms");
            assertThat(took).isLessThan(START);
            assertThat(get(url)).contains("<title>", "js/main.js");
            for (String file : new String[] {"js/main.js", "css/theme.css", "icon.svg"}) {
                assertThat(get(url + file)).as(file).isNotEmpty();
            }
            assertThat(get(url + "api/config")).isEqualTo("{\"profile\":\"classic\"}");
        }
    }

    @Test
    void behavesAsRecorded() throws Exception {
        try (DemoProcess demo = demo("--port", "0")) {
            String url = demo.url();

            for (ConformanceCase recorded : withoutAvatar().toList()) {
                for (String path : new String[] {"im", ""}) {
                    recorded.replay(WsClient.transport(url + path));
                    // The next case may use the same groups.
                    await("everybody has left")
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> get(url + "api/online").equals("[]"));
                }
            }
        }
        assertThat(withoutAvatar()).hasSizeGreaterThan(5);
    }

    @Test
    void endsWhenToldAndTellsItsClients() throws Exception {
        try (DemoProcess demo = demo("--port=0", "--profile=classic")) {
            WsClient client = WsClient.open(demo.url() + "im");
            // The upgrade is answered before the server has opened the connection; who got an answer is surely in.
            assertThat(client.ask(PING)).contains("心跳检测");

            demo.terminate();

            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(client.closeText()).matches(".*; retry_after=([1-9]|10)");
            // 143 is what the JVM makes of SIGTERM, after all shutdown hooks have run.
            assertThat(demo.exitCode(STOP)).isIn(0, 143);
            assertThat(demo.err().lines()).allMatch(line -> line.matches(".* INFO (demo|Drain) - event=.*"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--bad, embedim demo: unknown option '--bad'; --help lists the options",
        "--port=65536, embedim demo: port is '65536'; expected a number from 0 to 65535"
    })
    void aWrongOptionEndsWithCode2AndOneSentence(String option, String sentence) throws Exception {
        try (DemoProcess demo = demo(option)) {
            assertThat(demo.exitCode(START)).isEqualTo(2);
            assertThat(demo.err()).isEqualTo(sentence + System.lineSeparator());
            assertThat(demo.out()).isEmpty();
        }
    }

    @Test
    void aTakenPortEndsWithCode2AndOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoProcess demo = demo("--port", "" + taken.getLocalPort())) {
            assertThat(demo.exitCode(START)).isEqualTo(2);
            assertThat(demo.err())
                    .isEqualTo("embedim demo: port " + taken.getLocalPort()
                            + " of 127.0.0.1 is taken; choose another with --port, or 0 for any free one"
                            + System.lineSeparator());
            assertThat(demo.out()).isEmpty();
        }
    }

    private DemoProcess demo(String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of("--container", container.label()));
        words.addAll(List.of(args));
        return DemoProcess.ofJar(JAR, directory, words.toArray(String[]::new));
    }

    private static Stream<ConformanceCase> withoutAvatar() {
        return ConformanceCases.classic().filter(recorded -> !recorded.requireAvatar());
    }

    private String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(url).isEqualTo(200);
        return response.body();
    }
}
