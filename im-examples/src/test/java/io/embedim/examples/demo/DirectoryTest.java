package io.embedim.examples.demo;

import static io.embedim.examples.Frames.joinAs;
import static io.embedim.examples.Frames.joinGroup;
import static io.embedim.examples.Frames.speakTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.examples.WsClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private Demo demo;

    @BeforeEach
    void start() throws UsageException {
        demo = Demo.start(DemoOptions.DEFAULTS.withPort(0));
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    @Test
    void showsWhoIsOnlineUnderTheNameTheyJoinedWith() throws Exception {
        try (WsClient client = WsClient.open(demo.url() + "im")) {
            client.ask(joinAs("10086", "阿克苏"));

            await().untilAsserted(() ->
                    assertThat(get("api/online")).isEqualTo("[{\"user_id\":\"10086\",\"username\":\"阿克苏\"}]"));
        }
        await().untilAsserted(() -> assertThat(get("api/online")).isEqualTo("[]"));
    }

    @Test
    void showsMembersThatNeverJoinedAsAUser() throws Exception {
        try (WsClient client = WsClient.open(demo.url())) {
            client.ask(joinGroup("100", "2023", "無尘"));

            await().untilAsserted(() -> assertThat(get("api/groups/100/members"))
                    .isEqualTo("[{\"user_id\":\"2023\",\"username\":\"無尘\"}]"));
            assertThat(get("api/groups/101/members")).isEqualTo("[]");
        }
        await().untilAsserted(() -> assertThat(get("api/groups/100/members")).isEqualTo("[]"));
    }

    @Test
    void showsAUserWithSeveralWindowsOnce() throws Exception {
        try (WsClient first = WsClient.open(demo.url());
                WsClient second = WsClient.open(demo.url())) {
            first.ask(joinGroup("100", "2023", "無尘"));
            second.ask(joinGroup("100", "2023", "無尘"));

            await().untilAsserted(() -> assertThat(get("api/groups/100/members"))
                    .isEqualTo("[{\"user_id\":\"2023\",\"username\":\"無尘\"}]"));
        }
    }

    @Test
    void escapesNames() throws Exception {
        try (WsClient client = WsClient.open(demo.url())) {
            client.ask(joinAs("1", "\\\"}],\\u0000<script>\\\\"));

            await().untilAsserted(() -> assertThat(get("api/online"))
                    .isEqualTo("[{\"user_id\":\"1\",\"username\":\"\\\"}],\\u0000<script>\\\\\"}]"));
        }
    }

    @Test
    void takesNoNameFromASpeech() throws Exception {
        try (WsClient client = WsClient.open(demo.url())) {
            client.ask(joinAs("1", "one"));
            client.send(speakTo("2", "3", "three", "hi"));
            client.ask("{\"event\":\"ping\"}");

            assertThat(get("api/online")).isEqualTo("[{\"user_id\":\"1\",\"username\":\"one\"}]");
        }
    }

    @Test
    void refusesGroupsThatAreNone() throws Exception {
        for (String path :
                new String[] {"api/groups/", "api/groups/x/members", "api/groups/100", "api/groups/100/members/1"}) {
            assertThat(http.send(request(path), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = http.send(request(path), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(demo.url() + path)).build();
    }
}
