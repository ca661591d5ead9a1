package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.V2Settings;
import io.embedim.examples.Frames;
import io.embedim.examples.RedisProcess;
import io.embedim.examples.WsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/how-to/nginx-chat.conf, in an nginx in front of two demos on one Redis. Skipped where there is none on the PATH, unless {@code IM_REQUIRE} has {@code nginx}. */
class NginxTest {

    private static final Path CONFIGURATION = Path.of("..", "docs", "how-to", "nginx-chat.conf");

    private static final String MAIN = """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log stderr crit;
        events {}
        http {
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
        %2$s
        }
        """;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path work;

    private RedisProcess redis;
    private RunningDemo one;
    private RunningDemo two;
    private Process nginx;
    private String url;

    @BeforeEach
    void start() throws IOException {
        // Where Debian puts it, who is not root has no PATH to.
        Optional<Path> program = RedisProcess.onPath("nginx")
                .or(() -> Optional.of(Path.of("/usr/sbin/nginx")).filter(Files::isExecutable));
        if (program.isEmpty()) {
            String required = System.getenv().getOrDefault("IM_REQUIRE", "");
            assertThat(required.split("[,\\s]+", -1))
                    .as("no nginx on the PATH, but IM_REQUIRE demands it")
                    .doesNotContain("nginx");
            Assumptions.abort("no nginx on the PATH");
        }
        redis = RedisProcess.start(work);
        one = RunningDemo.startOn(redis.uri());
        two = RunningDemo.startOn(redis.uri());
        int port = RedisProcess.freePort();
        String chat = Files.readString(CONFIGURATION)
                .replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                .replace("127.0.0.1:8783", "127.0.0.1:" + one.port())
                .replace("127.0.0.1:8784", "127.0.0.1:" + two.port())
                .replace("/var/log/nginx", work.toString());
        Path main = Files.writeString(work.resolve("nginx.conf"), MAIN.formatted(work, chat));
        nginx = new ProcessBuilder(
                        program.orElseThrow().toString(), "-p", work.toString(), "-e", "stderr", "-c", main.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("nginx.out").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(nginx::destroyForcibly));
        RedisProcess.awaitPort(port);
        url = "http://127.0.0.1:" + port + "/";
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroyForcibly();
            assertThat(nginx.waitFor(10, TimeUnit.SECONDS)).isTrue();
            one.close();
            two.close();
            redis.close();
        }
    }

    private WsClient member(int number) {
        WsClient client = WsClient.open(url + "im");
        assertThat(client.ask(Frames.joinGroup("100", "u" + number, "n"))).contains("\"code\":0");
        return client;
    }

    private int status(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void clientsAreSpreadOverTheNodesAndHearEachOtherInBothDialects() throws Exception {
        List<WsClient> clients = IntStream.range(0, 6).mapToObj(this::member).toList();
        assertThat(List.of(one.connections(), two.connections())).containsOnly(3);

        clients.get(0).send(Frames.speakIn("100", "u0", "n", "hello"));
        clients.forEach(client -> assertThat(client.next()).contains("hello"));
        clients.get(2).ask(Frames.joinAs("u2", "n"));
        clients.get(1).send(Frames.speakTo("u2", "u1", "n", "to one"));
        assertThat(clients.get(2).next()).contains("to one");
        try (WsClient v2 = WsClient.speaking(V2Settings.SUBPROTOCOL, url + "im?user_id=ann&username=ann")) {
            assertThat(v2.next()).contains("\"event\":\"hello\"");
        }

        assertThat(status("")).isEqualTo(200);
        assertThat(List.of(status("health/ready"), status("health/live"), status("metrics")))
                .containsOnly(404);
        clients.forEach(WsClient::close);
    }

    @Test
    void whoIsSeenOutOfOneNodeComesToTheOther() {
        List<WsClient> clients = IntStream.range(0, 4).mapToObj(this::member).toList();

        one.drain();

        assertThat(one.connections()).isZero();
        List<WsClient> again = IntStream.range(10, 14).mapToObj(this::member).toList();
        assertThat(one.connections()).isZero();
        assertThat(two.connections()).isEqualTo(6);
        again.get(0).send(Frames.speakIn("100", "u10", "n", "on the other node"));
        again.forEach(client -> assertThat(client.next()).contains("on the other node"));
        assertThat(clients).filteredOn(client -> client.closeCodeNow() == 4001).hasSize(2);
    }

    @Test
    void nodeThatIsGoneIsNotMissed() {
        one.close();

        List<WsClient> clients = IntStream.range(0, 4).mapToObj(this::member).toList();

        await().atMost(Duration.ofSeconds(10)).until(() -> two.connections() == 4);
        clients.forEach(WsClient::close);
    }

    @Test
    void ticketsAreInNoLog() throws Exception {
        try (WsClient client = WsClient.speaking(V2Settings.SUBPROTOCOL, url + "im?user_id=ann&ticket=do-not-log-me")) {
            assertThat(client.next()).contains("\"event\":\"hello\"");
        }
        one.close();
        two.close();
        assertThat(status("?ticket=do-not-log-me")).isEqualTo(502);

        nginx.destroy();
        assertThat(nginx.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String log = Files.readString(work.resolve("chat.log"));
        assertThat(log).contains("\"GET /im\" 101", "\"GET /\" 502");
        assertThat(log + Files.readString(work.resolve("chat-error.log")) + Files.readString(work.resolve("nginx.out")))
                .doesNotContain("do-not-log-me");
    }
}
