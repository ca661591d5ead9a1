package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.security.AccessPolicy;
import io.embedim.testkit.JsonValues;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Holds docs/asyncapi.yaml to the schema of AsyncAPI 3.0, and to what a server takes and says. */
class AsyncApiTest {

    private static final AsyncApi API = new AsyncApi();
    private static final List<String> REQUESTS = API.keys("receive", "v2");
    private static final List<String> FRAMES = API.keys("send", "v2");

    @Test
    void theDocumentIsWhatAsyncApiWants() {
        assertThat(API.faults()).isEmpty();
    }

    @Test
    void everyMessageOfAChannelIsSentOrReceivedThere() {
        for (String channel : List.of("v2", "classic")) {
            List<String> messages =
                    API.document().path("channels").path(channel).path("messages").propertyNames().stream()
                            .toList();

            assertThat(Stream.concat(API.keys("receive", channel).stream(), API.keys("send", channel).stream()))
                    .containsExactlyInAnyOrderElementsOf(messages);
        }
    }

    @Test
    void arraysHoldWhatMayComeByItself() {
        assertThat(elements("requests")).containsExactlyInAnyOrderElementsOf(without(REQUESTS, "requests"));
        assertThat(elements("frames")).containsExactlyInAnyOrderElementsOf(without(FRAMES, "frames"));
    }

    private static List<String> without(List<String> keys, String key) {
        return keys.stream().filter(other -> !other.equals(key)).toList();
    }

    private static List<String> elements(String key) {
        return API.message(key)
                .path("payload")
                .path("items")
                .path("oneOf")
                .valueStream()
                .map(one -> one.path("$ref").asString().replaceAll("#/components/messages/(\\w+)/payload", "$1"))
                .toList();
    }

    static Stream<String> keys() {
        return API.document().path("components").path("messages").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void examplesAreWhatTheirSchemasSay(String key) {
        assertThat(API.examples(key))
                .allSatisfy(example ->
                        assertThat(API.faults(key, example)).as("%s", example).isEmpty());
    }

    @Test
    void whatTheDocumentOfTheProtocolShowsIsWhatTheSchemasSay() {
        V2Conversation conversation = new V2Conversation();
        for (Docs.Block block : Docs.blocks(Docs.ROOT.resolve("docs/protocol-v2.md"))) {
            if (block.kind().equals("exchange")) {
                conversation.play(block);
            }
        }

        assertThat(conversation.sent()).hasSizeGreaterThan(15).allSatisfy(frame -> assertIs(REQUESTS, frame));
        assertThat(conversation.received()).hasSizeGreaterThan(30).allSatisfy(frame -> assertIs(FRAMES, frame));
    }

    static Stream<JsonNode> requests() {
        return REQUESTS.stream().filter(key -> !key.equals("auth")).flatMap(key -> API.examples(key).stream());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theServerTakesTheExamplesAndAnswersBySchema(JsonNode request) {
        List<JsonNode> answers = new Server().ask(request.toString());

        // Typing is not answered.
        assertThat(answers.size())
                .isGreaterThanOrEqualTo(request.path("event").asString().equals("typing") ? 0 : 1);
        assertThat(answers).allSatisfy(answer -> {
            assertIs(FRAMES, answer);
            assertThat(answer.path("code").asInt(0)).as("%s", answer).isIn(0, 404, 409);
        });
    }

    @Test
    void whatHasGatheredIsAnArrayOfFrames() {
        Server server = new Server();
        server.connection.complete(RecordingConnection.Completion.MANUAL);
        for (int i = 0; i < 3; i++) {
            server.ann.received("{\"event\":\"ping\"}", true);
        }
        server.runtime.runAll();

        server.connection.completeWrite();
        server.runtime.runAll();

        JsonNode last = JsonValues.read(
                server.connection.frames().get(server.connection.frames().size() - 1));
        assertThat(last.isArray()).isTrue();
        assertIs(FRAMES, last);
    }

    /** What the server takes for a broken rule is no request by the schemas either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'nap'}",
                "{'event':'auth'}",
                "{'event':'auth','ticket':''}",
                "{'event':'ping','id':''}",
                "{'event':'ping','id':5}",
                "{'event':'join','to_user_id':'bob'}",
                "{'event':'join','group_id':'a'}",
                "{'event':'join','group_id':'7','last':0}",
                "{'event':'join','group_id':'7','last':5,'position':{'epoch':'','seq':0,'mid':''}}",
                "{'event':'leave'}",
                "{'event':'speak','to_user_id':'bob','content':'no id'}",
                "{'event':'speak','to_user_id':'bob','id':'short','content':'x'}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','content':'x'}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','group_id':'7','content':'x'}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','content':''}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','type':'video','body':{}}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','type':'image','content':'x'}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','type':'image','body':{'url':'//evil/x'}}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','type':'file','body':{'url':'/x','size':-1}}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','type':'location','body':{'latitude':91,'longitude':0}}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','content':'x','mentions':'bob'}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','content':'x','reply_to':{'seq':0,'mid':'m'}}",
                "{'event':'speak','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','content':'x','ext':[1]}",
                "{'event':'edit','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','content':'x','base_rev':0}",
                "{'event':'recall','id':'V1StGXR8_Z5jdHi6B-myT','to_user_id':'bob','target':{'seq':1,'mid':'m'}}",
                "{'event':'sync','conversations':[{'conv':'g:7'}]}",
                "{'event':'sync','conversations':[{'conv':'g:7','last':101}]}",
                "{'event':'sync','directory':{'epoch':''}}",
                "{'event':'history','conv':'g:7','before':5}",
                "{'event':'history','conv':'g:7','epoch':'e','before':0}",
                "{'event':'read','conv':'g:7'}",
                "{'event':'recv','conv':'g:7','position':{'epoch':'e','seq':-1,'mid':'m'}}",
                "{'event':'typing','group_id':'7','mode':3}",
                "{'event':'presence'}",
                "{'event':'presence','users':['bob'],'watch':1}",
                "{'event':'members','group_id':'7','cursor':5}",
                "[]",
                "[{'event':'nap'}]"
            })
    void whatTheServerRefusesTheSchemasRefuse(String text) {
        JsonNode frame = JsonValues.read(text.replace('\'', '"'));

        assertThat(new Server().ask(frame.toString()))
                .allSatisfy(answer -> assertIs(FRAMES, answer))
                .anySatisfy(answer -> assertThat(answer.path("code").asInt(0)).isEqualTo(400));
        assertThat(REQUESTS)
                .noneSatisfy(key -> assertThat(API.faults(key, frame)).isEmpty());
    }

    /** Frames that no server may send. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':0,'msg':'','data':{'event':'pong','extra':1}}",
                "{'code':0,'msg':'','data':{'event':'ack','id':'V1StGXR8_Z5jdHi6B-myT','conv':'g:7','seq':0,'mid':'m','epoch':'e','ts':1}}",
                "{'code':0,'msg':'','data':{'event':'sync','conv':'g:7','status':'gone','messages':[]}}",
                "{'code':0,'msg':'','data':{'event':'sync','conv':'g:7','status':'ok'}}",
                "{'code':0,'msg':'','data':{'event':'message','conv':'g:7','seq':1,'mid':'m','prev':'','epoch':'e','ts':1,'from_user_id':'a','from_username':'A','verified':true,'rev':1,'recalled':true,'type':'text','content':'still here'}}",
                "{'code':0,'msg':'','data':{'event':'message','conv':'g:7','seq':1,'mid':'m','prev':'','epoch':'e','ts':1,'from_user_id':'a','from_username':'A','verified':true,'rev':0}}",
                "{'code':0,'msg':'','data':{'event':'error','temporary':false}}",
                "{'code':400,'msg':'x','data':{'event':'error','temporary':false,'committed':true}}",
                "{'code':0,'msg':'','data':{'event':'changed','conv':'7','top':{'epoch':'e','seq':1,'mid':'m'}}}"
            })
    void framesThatBreakAPromiseAreRefused(String text) {
        JsonNode frame = JsonValues.read(text.replace('\'', '"'));

        assertThat(FRAMES).noneSatisfy(key -> assertThat(API.faults(key, frame)).isEmpty());
    }

    static Stream<JsonNode> classicRequests() {
        return API.examples("classicRequest").stream();
    }

    @ParameterizedTest
    @MethodSource("classicRequests")
    void theServerTakesTheClassicExamplesAndAnswersBySchema(JsonNode request) {
        RecordingConnection connection = new RecordingConnection();
        ManualRuntime runtime = new ManualRuntime();
        ImServer server = ImServer.builder().classicProfile().runtime(runtime).build();
        Inbound inbound = server.open(connection, Handshake.at("/im").build());
        inbound.received(
                "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"10000\",\"from_username\":\"x\",\"content\":\"x\"}",
                true);
        inbound.received(
                "{\"event\":\"join\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"10000\",\"from_username\":\"x\",\"content\":\"x\"}",
                true);
        runtime.runAll();

        inbound.received(request.toString(), true);
        runtime.runAll();

        assertThat(connection.frames()).hasSizeGreaterThan(2).allSatisfy(text -> {
            JsonNode frame = JsonValues.read(text);
            assertThat(API.faults("classicFrame", frame)).as(text).isEmpty();
            assertThat(frame.path("code").asInt(-1)).isZero();
        });
    }

    private static void assertIs(List<String> keys, JsonNode frame) {
        String event = frame.path(frame.has("data") ? "data" : "").path("event").asString();
        if (event.isEmpty()) {
            event = frame.path("event").asString();
        }
        String several = keys.contains("frames") ? "frames" : "requests";
        String key = frame.isArray() ? several : API.named(keys, event).orElse("no message of this name");

        assertThat(API.faults(key, frame)).as("%s as %s", frame, key).isEmpty();
    }

    /** Ann is in group 7 of a server where Bob has said something to her. */
    private static final class Server {

        private final ManualRuntime runtime = new ManualRuntime();
        private final ImServer server = ImServer.builder()
                .trustClaims()
                .accessPolicy(AccessPolicy.open())
                .v2(V2Settings.inMemory().openHistory())
                .runtime(runtime)
                .build();
        private final RecordingConnection connection = new RecordingConnection();
        private final Inbound ann = open("ann", connection);

        private Inbound open(String user, RecordingConnection to) {
            Inbound inbound = server.open(
                    to,
                    Handshake.at("/im")
                            .query(Map.of("user_id", List.of(user)))
                            .subprotocol(V2Settings.SUBPROTOCOL)
                            .build());
            runtime.runAll();
            return inbound;
        }

        List<JsonNode> ask(String frame) {
            open("bob", new RecordingConnection())
                    .received(
                            "{\"event\":\"speak\",\"to_user_id\":\"ann\",\"id\":\"2f1e8c0d9b7a4653a1bb\",\"content\":\"hi\"}",
                            true);
            ann.received(
                    "[{\"event\":\"join\",\"group_id\":\"7\"},{\"event\":\"sync\",\"conversations\":[{\"to_user_id\":\"bob\",\"last\":5}]}]",
                    true);
            runtime.runAll();
            connection.clear();
            ann.received(frame, true);
            runtime.runAll();
            return connection.frames().stream().map(JsonValues::read).toList();
        }
    }
}
