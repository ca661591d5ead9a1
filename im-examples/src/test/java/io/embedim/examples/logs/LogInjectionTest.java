package io.embedim.examples.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.examples.WsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Attacks on the log of a whole server, in Tomcat, with everything logged at every level. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogInjectionTest {

    private static final String ESCAPE = "\u001b[31m";
    private static final String FORGED =
            "\nevent=forged\r\nevent=forged\u2028event=forged\u2029\u0085" + ESCAPE + "\u202e";
    private static final String CONTENT = "SECRET-CONTENT";
    private static final String TICKET = "SECRET-TICKET";

    @SuppressWarnings("JdkObsolete") // One thread writes, another one reads.
    private final StringBuffer log = new StringBuffer();

    private final CompletableFuture<String> port = new CompletableFuture<>();
    private Process server;

    @BeforeAll
    void start() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dfile.encoding=UTF-8",
                        "-Dsun.stderr.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "--class-path",
                        System.getProperty("java.class.path"),
                        LoudServer.class.getName())
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::read, "log-reader");
        reader.setDaemon(true);
        reader.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.getOutputStream().close();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Every char as it came: what a line is, is the question. */
    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                log.append((char) c);
                int at = c == '\n' ? log.indexOf("port ") : -1;
                if (at >= 0 && !port.isDone()) {
                    port.complete(log.substring(at + 5, log.indexOf("\n", at)).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(String user) {
        return "http://127.0.0.1:" + port.orTimeout(30, TimeUnit.SECONDS).join() + "/im?ticket=" + TICKET + "&user="
                + URLEncoder.encode(user, StandardCharsets.UTF_8);
    }

    private void awaitLog(String event) {
        await().atMost(Duration.ofSeconds(30)).until(() -> log.indexOf("event=" + event) >= 0);
    }

    private static String frame(String event, int mode, String group, String user) {
        return "{\"event\":\"" + event + "\",\"mode\":" + mode + ",\"group_id\":\"" + group + "\",\"from_user_id\":\""
                + user + "\",\"from_username\":\"" + escaped(FORGED) + "\",\"to_user_id\":\"" + escaped(FORGED)
                + "\",\"content\":\"" + CONTENT + escaped(FORGED) + "\"}";
    }

    /** An invalid frame is the last one that a connection takes. */
    private int closeCodeAfter(String user, String frame) {
        WsClient client = WsClient.open(url(user));
        client.send(frame);
        return client.closeCode();
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars()
                .forEach(c -> json.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return json.toString();
    }

    @Test
    void nothingThatClientsSayWritesALineOrAnEscapeAndNoContentAndNoTicketIsLogged() {
        String user = "u" + FORGED;
        assertThat(WsClient.refusal(url("refused" + FORGED))).isEqualTo(403);
        assertThat(WsClient.refusal(url("fails" + FORGED))).isEqualTo(503);
        String[] headers = {"X-Forwarded-For", "203.0.113.9, event=forged", "Authorization", "Bearer " + TICKET};

        try (WsClient client = WsClient.open(url(user), headers)) {
            client.send(frame("speak", 1, "0", escaped(user)));
            client.send(frame("speak", 1, "0", escaped("somebody else" + FORGED)));
            client.send(frame("join", 2, "7", escaped(user)));
            client.send(frame("speak", 2, "7", escaped(user)));
            client.send(frame(escaped(FORGED), 2, "7", escaped(user)));
            assertThat(client.ask("{\"event\":\"ping\"}")).isNotEmpty();
        }
        assertThat(closeCodeAfter(user, "{\"event\":\"auth\",\"ticket\":\"" + TICKET + "\"}"))
                .isEqualTo(1008);
        assertThat(closeCodeAfter(user, frame("join", 2, escaped(FORGED), escaped(user))))
                .isEqualTo(1008);
        assertThat(closeCodeAfter(user, "no json" + FORGED + CONTENT)).isEqualTo(1007);

        for (String event : new String[] {
            "handshake_refused",
            "authenticator_failed",
            "connected",
            "listener_failed",
            "backend_failed",
            "frame_rejected",
            "closed"
        }) {
            awaitLog(event);
        }
        String all = log.toString();
        assertThat(all.lines()).noneMatch(line -> line.startsWith("event=forged"));
        assertThat(all)
                .contains("\\u000aevent=forged")
                .doesNotContain("\r", "\u001b", "\u0085", "\u2028", "\u2029", "\u202e");
        assertThat(all).doesNotContain(CONTENT, TICKET);
    }
}
