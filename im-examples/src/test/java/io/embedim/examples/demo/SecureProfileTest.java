package io.embedim.examples.demo;

import static io.embedim.examples.Frames.joinAs;
import static io.embedim.examples.Frames.joinGroup;
import static io.embedim.examples.Frames.speakIn;
import static io.embedim.examples.Frames.speakTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.WsClient;
import io.embedim.model.UserId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(ContainerKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureProfileTest {

    @Parameter
    ContainerKind container;

    /** As browsers: Grizzly would wait for the body of a request that also asks for an upgrade to HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Demo demo;

    @BeforeParameterizedClassInvocation
    void start() throws UsageException {
        demo = Demo.start(
                DemoOptions.DEFAULTS.withPort(0).withContainer(container).withProfile(Profile.SECURE));
    }

    @AfterParameterizedClassInvocation
    void stop() {
        demo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?ticket=", "?ticket=AAAAAAAAAAAAAAAAAAAAAAAA", "?ticket=a&ticket=b"})
    void letsNobodyInWithoutATicket(String query) {
        for (String path : new String[] {"im", ""}) {
            if (container != ContainerKind.TYRUS) {
                assertThat(WsClient.refusal(demo.url() + path + query)).isEqualTo(401);
            } else {
                assertThat(WsClient.open(demo.url() + path + query).closeCode()).isEqualTo(4100);
            }
        }
    }

    @Test
    void refusesPagesOfOtherHosts() throws Exception {
        String url = demo.url() + "im?ticket=" + login("10086", "阿克苏");

        for (String origin : new String[] {"https://example.org", "null"}) {
            if (container != ContainerKind.TYRUS) {
                assertThat(WsClient.refusal(url, "Origin", origin)).isEqualTo(403);
            } else {
                assertThat(WsClient.open(url, "Origin", origin).closeCode()).isEqualTo(1008);
            }
        }
        assertThat(WsClient.refusal(url, "Origin", "http://127.0.0.1:" + demo.port()))
                .isEqualTo(101);
    }

    @Test
    void carriesMessagesOfWhoTheyAreFrom() throws Exception {
        try (WsClient one = connect("10086", "阿克苏");
                WsClient two = connect("10000", "拉姆才让")) {
            assertThat(two.ask(joinAs("10000", "拉姆才让"))).contains("\"code\":0");

            one.send(speakTo("10000", "10086", "阿克苏", "Hi"));

            assertThat(two.next()).contains("阿克苏[单聊对]10000[说]:Hi");
        }
    }

    @Test
    void refusesAForeignNameWith403() throws Exception {
        try (WsClient one = connect("10086", "阿克苏");
                WsClient two = connect("10000", "拉姆才让")) {
            assertThat(one.ask(joinAs("10000", "拉姆才让"))).contains("\"code\":403");
            assertThat(one.ask(speakTo("10000", "10000", "拉姆才让", "Hi"))).contains("\"code\":403");
            assertThat(one.ask(speakTo("10000", "10086", "boss", "Hi"))).contains("\"code\":403");

            assertThat(two.ask("{\"event\":\"ping\"}")).contains("心跳检测");
        }
    }

    @Test
    void refusesToSpeakInAGroupThatWasNotJoined() throws Exception {
        try (WsClient member = connect("10086", "阿克苏");
                WsClient stranger = connect("2023", "無尘")) {
            member.ask(joinGroup("100", "10086", "阿克苏"));

            assertThat(stranger.ask(speakIn("100", "2023", "無尘", "Hi"))).contains("\"code\":403");
            stranger.ask(joinGroup("100", "2023", "無尘"));
            assertThat(stranger.ask(speakIn("100", "2023", "無尘", "Hello"))).contains("無尘[群聊说]:Hello");

            assertThat(member.next()).contains("無尘[群聊说]:Hello");
        }
    }

    @Test
    void showsTheDirectoryToThoseWhoLoggedInAndMembersToMembers() throws Exception {
        String ticket = login("10086", "阿克苏");
        String stranger = login("2023", "無尘");

        try (WsClient member = WsClient.open(demo.url() + "im?ticket=" + ticket)) {
            member.ask(joinGroup("7", "10086", "阿克苏"));

            assertThat(get("api/online", null).statusCode()).isEqualTo(401);
            assertThat(get("api/groups/7/members", null).statusCode()).isEqualTo(401);
            assertThat(get("api/groups/7/members", "wrong").statusCode()).isEqualTo(401);
            assertThat(get("api/online", stranger).statusCode()).isEqualTo(200);
            assertThat(get("api/groups/7/members", stranger).statusCode()).isEqualTo(403);
            assertThat(get("api/groups/7/members", ticket).body())
                    .isEqualTo("[{\"user_id\":\"10086\",\"username\":\"阿克苏\"}]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"user_id\":1,\"username\":\"x\"}",
                "{\"user_id\":\"\",\"username\":\"x\"}",
                "{\"user_id\":\"1\",\"username\":\"\"}",
                "{\"user_id\":\"1\",\"username\":\"\\ud800\"}",
                "{\"user_id\":\"1\"} x"
            })
    void refusesALoginThatIsNone(String body) throws Exception {
        assertThat(post(body, "application/json").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesALoginThatIsTooLong() throws Exception {
        assertThat(post("{\"user_id\":\"" + "1".repeat(5_000) + "\"}", "application/json")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesALoginByAForm() throws Exception {
        String body = "{\"user_id\":\"1\",\"username\":\"x\"}";

        assertThat(post(body, "text/plain").statusCode()).isEqualTo(415);
        assertThat(post(body, "application/x-www-form-urlencoded").statusCode()).isEqualTo(415);
    }

    @Test
    void keepsTheConnectionThoughItDoesNotReadWhatWasSent() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(post("{}", "text/plain").statusCode()).isEqualTo(415);
            assertThat(send("PUT", "api/online", "{}", "application/json").statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void forgetsATicketAtItsEndAndTheOldestPastTheLimit() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Tickets tickets = new Tickets(now::get);
        String first = tickets.issue(new Person(UserId.of("1"), "one"));
        assertThat(tickets.find(first)).isPresent();

        now.set(Instant.EPOCH.plus(Tickets.LIFETIME));
        assertThat(tickets.find(first)).isEmpty();

        String second = tickets.issue(new Person(UserId.of("2"), "two"));
        for (int i = 0; i < 10_000; i++) {
            tickets.issue(new Person(UserId.of("3"), "three"));
        }
        assertThat(tickets.find(second)).isEmpty();
    }

    private WsClient connect(String user, String name) throws Exception {
        return WsClient.open(demo.url() + "im?ticket=" + login(user, name));
    }

    private String login(String user, String name) throws Exception {
        HttpResponse<String> response =
                post("{\"user_id\":\"%s\",\"username\":\"%s\"}".formatted(user, name), "application/json");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().replaceFirst("\\{\"ticket\":\"([^\"]+)\"}", "$1");
    }

    private HttpResponse<String> post(String body, String type) throws Exception {
        return send("POST", "api/login", body, type);
    }

    private HttpResponse<String> send(String method, String path, String body, String type) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(demo.url() + path))
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, @org.jspecify.annotations.Nullable String ticket) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(demo.url() + path));
        if (ticket != null) {
            request.header("Authorization", "Bearer " + ticket);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
