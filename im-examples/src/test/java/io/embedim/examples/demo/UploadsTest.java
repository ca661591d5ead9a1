package io.embedim.examples.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.testkit.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files that people send, in each container, over sockets. */
@ParameterizedClass
@EnumSource(ContainerKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadsTest {

    /** More than some containers take without being told. */
    private static final int MEBIBYTES = 3;

    private static final int LIMIT = MEBIBYTES * 1_048_576;

    /** A PNG of 3 by 2 pixels, as far as its header goes. */
    private static final byte[] PNG =
            "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0003\0\0\0\u0002\b\u0006".getBytes(ISO_8859_1);

    @Parameter
    ContainerKind container;

    /** Not a {@code @TempDir}: the demo is started before those are there. */
    private Path folder;

    /** As browsers: Grizzly answers otherwise where a request also asks for an upgrade to HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Demo demo;

    @BeforeParameterizedClassInvocation
    void start() throws UsageException, IOException {
        folder = Files.createTempDirectory("uploads-");
        demo = Demo.start(DemoOptions.DEFAULTS
                .withPort(0)
                .withContainer(container)
                .withFiles(folder)
                .withFileMebibytes(MEBIBYTES));
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        demo.close();
        for (String name : kept()) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
    }

    @Test
    void takesAWholeBodyAndGivesItBack() throws Exception {
        HttpResponse<String> answer =
                send(post(PNG).header("Content-Disposition", "attachment; filename*=UTF-8''%E7%8C%AB.png"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = JsonValues.read(answer.body());
        assertThat(body.path("name").asString()).isEqualTo("猫.png");
        assertThat(body.path("mime").asString()).isEqualTo("image/png");
        assertThat(body.path("size").asInt()).isEqualTo(PNG.length);
        assertThat(body.path("width").asInt()).isEqualTo(3);
        assertThat(body.path("height").asInt()).isEqualTo(2);
        String url = body.path("url").asString();
        assertThat(url).matches("/files/[A-Za-z0-9_-]{24}\\.png");
        HttpResponse<byte[]> file =
                http.send(HttpRequest.newBuilder(at(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(file.body()).isEqualTo(PNG);
        assertThat(header(file, "Content-Type")).isEqualTo("image/png");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
        assertThat(header(file, "Content-Disposition")).isEqualTo("inline");
    }

    @Test
    void takesAFileOutOfAForm() throws Exception {
        List<String> lines = List.of(
                "--xYz",
                "Content-Disposition: form-data; name=\"a\"",
                "",
                "field",
                "--xYz",
                "Content-Disposition: form-data; name=\"file\"; filename=\"../../猫 \\\"1\\\".txt\"",
                "Content-Type: image/png",
                "",
                "line 1",
                "--xY",
                "--",
                "line 2",
                "--xYz--",
                "");
        String form = String.join("\r\n", lines);

        HttpResponse<String> answer =
                send(post(form.getBytes(UTF_8)).header("Content-Type", "multipart/form-data; boundary=xYz"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = JsonValues.read(answer.body());
        assertThat(body.path("name").asString()).isEqualTo("猫 \"1\".txt");
        assertThat(body.path("mime").asString()).isEqualTo("text/plain");
        HttpResponse<String> file = get(body.path("url").asString());
        assertThat(file.body()).isEqualTo("line 1\r\n--xY\r\n--\r\nline 2");
        assertThat(header(file, "Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(header(file, "Content-Disposition")).isEqualTo("attachment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--xYz--\r\n",
                "",
                "rubbish",
                "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nfield\r\n--xYz--\r\n",
                "--xYz\r\n"
            })
    void aFormWithoutAFileIsRefused(String form) throws Exception {
        HttpResponse<String> answer =
                send(post(form.getBytes(UTF_8)).header("Content-Type", "multipart/form-data; boundary=xYz"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void aTypeIsKnownByItsContentAndNotByItsName() throws Exception {
        byte[] page = "<!doctype html><script>alert(1)</script>".getBytes(UTF_8);
        HttpResponse<String> answer = send(post(page)
                .header("Content-Type", "image/png")
                .header("Content-Disposition", "inline; filename=cat.png"));

        assertThat(JsonValues.read(answer.body()).path("mime").asString()).isEqualTo("text/plain");
        HttpResponse<String> file =
                get(JsonValues.read(answer.body()).path("url").asString());
        assertThat(header(file, "Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(header(file, "Content-Disposition")).isEqualTo("attachment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MZ\u0090\0\u0003",
                "\u007fELF\u0002\u0001",
                "\u00ca\u00fe\u00ba\u00be",
                "text with a \0",
                "\u00ff\u00fet\0e\0"
            })
    void otherTypesAreRefused(String content) throws Exception {
        HttpResponse<String> answer = send(post(content.getBytes(ISO_8859_1)).header("Content-Type", "text/plain"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
        assertThat(kept()).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        assertThat(send(post(new byte[0])).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyOfTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
        byte[] text = new byte[LIMIT + 1];
        Arrays.fill(text, (byte) 'x');

        assertThat(send(post(Arrays.copyOf(text, LIMIT))).statusCode()).isEqualTo(200);
        assertThat(send(post(text)).statusCode()).isEqualTo(413);
    }

    @Test
    void whatIsTooLargeByItsLengthIsRefusedBeforeItIsSent() throws IOException {
        String answer = raw(
                "POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000000\r\n\r\nonly a few bytes", false);

        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void whatIsTooLargeWithoutSayingSoIsRefusedBeforeAllOfItIsRead() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
        String answer = raw(
                "POST /files HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(LIMIT / 65_536 + 1),
                false);

        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(kept()).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void halfAFileIsNoFile() throws IOException {
        List<String> before = kept();

        raw("POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf", true);
        raw(
                "POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n"
                        + "--x\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\nhalf",
                true);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(kept()).isEqualTo(before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/",
                "/files/../simplelogger.properties",
                "/files/%2e%2e/%2e%2e/etc/passwd",
                "/files/..%2f..%2fetc%2fpasswd",
                "/files/....//....//etc/passwd",
                "/files//etc/passwd",
                "/files/AAAAAAAAAAAAAAAAAAAAAAAA.png",
                "/files/AAAAAAAAAAAAAAAAAAAAAAAA.png%00.txt",
                "/files/AAAAAAAAAAAAAAAAAAAAAAAA.exe",
                "/files/..%5c..%5cetc%5cpasswd"
            })
    void noPathLeadsOutOfTheFolder(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", false);

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (400|404) .*")
                .doesNotContain("root:")
                .doesNotContain("simpleLogger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void onlyPostsAreTaken(String method) throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(at("/files")).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("POST");
    }

    @Test
    void aNameIsOnlyAName() throws Exception {
        for (String[] pair : new String[][] {
            {"C:\\\\Windows\\\\evil.txt", "evil.txt"},
            {"../../../etc/passwd", "passwd"},
            {"..", "file"},
            {"a\u202egnp.exe", "agnp.exe"},
            {"x".repeat(300) + ".txt", "x".repeat(251) + ".txt"}
        }) {
            HttpResponse<String> answer = send(post("text".getBytes(UTF_8))
                    .header(
                            "Content-Disposition",
                            "attachment; filename*=UTF-8''"
                                    + java.net.URLEncoder.encode(pair[0].replace("\\\\", "\\"), UTF_8)));

            assertThat(JsonValues.read(answer.body()).path("name").asString()).isEqualTo(pair[1]);
        }
        assertThat(kept()).allMatch(name -> name.matches("[A-Za-z0-9_-]{24}\\.[a-z0-9]+"));
    }

    @Test
    void pagesOfOtherSitesMaySendNothing() throws IOException {
        String answer = raw(
                "POST /files HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nConnection: close\r\nContent-Length: 4\r\n\r\ntext",
                false);

        assertThat(answer).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void inTheSecureProfileOnlyWhoIsLoggedInMaySend() throws Exception {
        try (Demo secure = Demo.start(
                DemoOptions.DEFAULTS.withPort(0).withContainer(container).withProfile(Profile.SECURE))) {
            URI files = URI.create(secure.url() + "files");
            HttpRequest.Builder text = HttpRequest.newBuilder(files).POST(BodyPublishers.ofString("text"));
            HttpResponse<String> login = send(HttpRequest.newBuilder(URI.create(secure.url() + "api/login"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"user_id\":\"1\",\"username\":\"One\"}")));
            String ticket = JsonValues.read(login.body()).path("ticket").asString();

            assertThat(send(text.copy()).statusCode()).isEqualTo(401);
            assertThat(send(text.copy().header("Authorization", "Bearer nonsense"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send(text.copy().header("Authorization", "Bearer " + ticket))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aFolderThatIsGoneIsSaidToBeFull(@TempDir Path other) throws Exception {
        Path files = other.resolve("files");
        try (Demo one = Demo.start(
                DemoOptions.DEFAULTS.withPort(0).withContainer(container).withFiles(files))) {
            Files.delete(files);

            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(URI.create(one.url() + "files")).POST(BodyPublishers.ofString("text")));

            assertThat(answer.statusCode()).isEqualTo(507);
        }
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private URI at(String path) {
        return URI.create(demo.url() + path.substring(1));
    }

    private HttpRequest.Builder post(byte[] body) {
        return HttpRequest.newBuilder(at("/files")).POST(BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Sends and, as long as the other side has not ended, keeps its own side open; or ends it. */
    private String raw(String request, boolean leaves) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), demo.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            if (leaves) {
                return "";
            }
            InputStream in = socket.getInputStream();
            byte[] first = in.readNBytes(32);
            byte[] rest = request.startsWith("GET") ? in.readAllBytes() : in.readNBytes(in.available());
            return new String(first, ISO_8859_1) + new String(rest, ISO_8859_1);
        }
    }
}
