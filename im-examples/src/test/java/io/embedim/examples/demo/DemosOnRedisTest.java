package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.connection.CloseReason;
import io.embedim.examples.Frames;
import io.embedim.examples.RedisProcess;
import io.embedim.examples.WsClient;
import io.embedim.model.UserId;
import io.embedim.redis.RedisBackend;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.security.Authentication;
import io.embedim.testkit.JsonValues;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two demos, each a process of its own, on one Redis: who is at one hears who is at the other, in both dialects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemosOnRedisTest {

    private static final String PAIR = "{\"event\":\"sync\",\"conversations\":[{\"conv\":\"p:3:ann:bob\",\"last\":9}]}";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Path directory;
    private RedisProcess redis;
    private DemoProcess one;
    private DemoProcess two;

    @BeforeAll
    void start(@TempDir Path own) throws Exception {
        directory = own;
        redis = RedisProcess.start(directory);
        one = DemoProcess.ofClassPath(directory, "--port", "0", "--redis", redis.uri());
        two = DemoProcess.ofClassPath(directory, "--port", "0", "--redis", redis.uri());
    }

    @AfterAll
    void stop() {
        one.close();
        two.close();
        redis.close();
    }

    @Test
    void classicClientsTalkAcrossDemos() throws Exception {
        try (WsClient here = WsClient.open(one.url() + "im");
                WsClient there = WsClient.open(two.url() + "im")) {
            here.ask(Frames.joinGroup("100", "10086", "a"));
            there.ask(Frames.joinGroup("100", "10000", "b"));

            here.send(Frames.speakIn("100", "10086", "a", "to all"));
            assertThat(there.next()).contains("to all");
            assertThat(here.next()).contains("to all");
            here.ask(Frames.joinAs("10086", "a"));
            there.send(Frames.speakTo("10086", "10000", "b", "to one"));
            assertThat(here.next()).contains("to one");
        }
    }

    @Test
    void v2ClientsFindOnOneDemoWhatWasSaidAndReadAtTheOther() throws Exception {
        try (WsClient ann = v2(one, "ann");
                WsClient bob = v2(two, "bob");
                WsClient phone = v2(one, "bob")) {
            List.of(ann, bob, phone).forEach(each -> {
                each.send(PAIR);
                until(each, "synced");
            });
            ann.send("""
                    {"event":"speak","to_user_id":"bob","id":"V1StGXR8_Z5jdHi6B-myT","content":"hello"}""");
            JsonNode message = until(bob, "message");
            until(phone, "message");
            assertThat(message.path("content").asString()).isEqualTo("hello");

            bob.send("{\"event\":\"read\",\"conv\":\"p:3:ann:bob\",\"position\":{\"epoch\":\""
                    + message.path("epoch").asString() + "\",\"seq\":1,\"mid\":\""
                    + message.path("mid").asString() + "\"}}");

            assertThat(until(ann, "read").path("user_id").asString()).isEqualTo("bob");
            assertThat(until(phone, "read").path("unread").asInt()).isZero();
        }
        try (WsClient later = v2(one, "bob")) {
            later.send(PAIR);
            assertThat(until(later, "sync").path("read").path("seq").asInt())
                    .as("read at the other demo")
                    .isEqualTo(1);
        }
        try (WsClient later = v2(two, "bob")) {
            later.send("{\"event\":\"sync\",\"conversations\":[],\"directory\":{\"epoch\":\"\",\"version\":0}}");
            assertThat(until(later, "synced").path("directory").path("added"))
                    .extracting(each -> each.path("conv").asString())
                    .containsExactly("p:3:ann:bob");
        }
    }

    /** The session store says who is there, and the leases for how long. */
    @Test
    void whoIsAtOneDemoIsListedAtTheOtherUntilThatOneIsKilled() throws Exception {
        try (DemoProcess third = DemoProcess.ofClassPath(directory, "--port", "0", "--redis", redis.uri());
                WsClient there = WsClient.open(third.url() + "im")) {
            there.ask(Frames.joinAs("77", "c"));
            awaitOnline(list -> assertThat(list).contains("\"77\""));

            third.kill();

            awaitOnline(list -> assertThat(list).doesNotContain("\"77\""));
        }
    }

    /** Of proven users; a ticket is good at the demo that gave it. */
    @Test
    void whoJoinedAtOneDemoIsAMemberAtTheOtherAndWhoIsBannedIsKeptOutOfBoth() throws Exception {
        try (DemoProcess here = secure();
                DemoProcess there = secure();
                WsClient first = loggedIn(here, "dora");
                WsClient second = loggedIn(there, "dora");
                WsClient stranger = loggedIn(there, "emil")) {
            first.send("{\"event\":\"join\",\"group_id\":\"7\",\"id\":\"j1\"}");
            until(first, "sync");

            String words = "{\"event\":\"speak\",\"group_id\":\"7\",\"id\":\"%s\",\"content\":\"hello\"}";
            second.send(words.formatted("V1StGXR8_Z5jdHi6B-myT"));
            stranger.send(words.formatted("W1StGXR8_Z5jdHi6B-myT"));

            assertThat(until(second, "ack").path("id").asString()).isEqualTo("V1StGXR8_Z5jdHi6B-myT");
            JsonNode refused = until(stranger, "error");
            assertThat(refused.path("for").asString()).isEqualTo("speak");
            assertThat(refused.path("temporary").asBoolean()).as("not a member").isFalse();

            ban("dora");

            assertThat(first.closeCode()).isEqualTo(CloseReason.BANNED.code());
            assertThat(second.closeCode()).isEqualTo(CloseReason.BANNED.code());
            assertThat(WsClient.refusal(here.url() + "im?ticket=" + login(here, "dora")))
                    .isEqualTo(403);
            assertThat(WsClient.refusal(there.url() + "im?ticket=" + login(there, "dora")))
                    .isEqualTo(403);
        }
    }

    private DemoProcess secure() throws Exception {
        return DemoProcess.ofClassPath(directory, "--port", "0", "--profile", "secure", "--redis", redis.uri());
    }

    /** The demos have no operation for it; one more node of theirs has. */
    private void ban(String user) {
        try (ThreadRuntime runtime = ThreadRuntime.start();
                RedisBackend backend = RedisBackend.builder(redis.uri(), runtime)
                        .prefix("im-demo")
                        .open();
                ImServer server = ImServer.builder()
                        .authenticator(handshake ->
                                CompletableFuture.completedFuture(new Authentication.Refused(401, "nobody comes here")))
                        .runtime(runtime)
                        .broker(backend.broker())
                        .sessionStore(backend.sessions())
                        .memberships(backend.memberships())
                        .bans(backend.bans())
                        .cluster(backend.cluster())
                        .build()) {
            server.ban(UserId.of(user), Duration.ofMinutes(10))
                    .toCompletableFuture()
                    .join();
        }
    }

    private static WsClient loggedIn(DemoProcess demo, String user) throws Exception {
        WsClient client = WsClient.speaking(V2Settings.SUBPROTOCOL, demo.url() + "im?ticket=" + login(demo, user));
        until(client, "hello");
        return client;
    }

    private static String login(DemoProcess demo, String user) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(demo.url() + "api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"" + user + "\"}"))
                .build();
        String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JsonValues.read(answer).path("ticket").asString();
    }

    private void awaitOnline(Consumer<String> check) {
        Awaitility.await("who is online").atMost(PATIENCE).untilAsserted(() -> {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(one.url() + "api/online")).build();
            check.accept(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        });
    }

    private static WsClient v2(DemoProcess demo, String user) throws Exception {
        WsClient client =
                WsClient.speaking(V2Settings.SUBPROTOCOL, demo.url() + "im?user_id=" + user + "&username=" + user);
        until(client, "hello");
        return client;
    }

    /** The data of the next frame of this event; what comes before it is of no interest. */
    private static JsonNode until(WsClient client, String event) {
        while (true) {
            List<JsonNode> found = new ArrayList<>();
            JsonNode read = JsonValues.read(client.next());
            (read.isArray() ? read : List.of(read)).forEach(each -> found.add(each.path("data")));
            for (JsonNode data : found) {
                if (data.path("event").asString("").equals(event)) {
                    return data;
                }
            }
        }
    }
}
