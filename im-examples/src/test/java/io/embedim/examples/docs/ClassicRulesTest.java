package io.embedim.examples.docs;

import static io.embedim.testkit.RecordingConnectionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.protocol.ValidationRules;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of docs/protocol.md, one by one, against a server. */
class ClassicRulesTest {

    private static final String CHINESE = "zh";

    private final ManualRuntime runtime = new ManualRuntime();

    /** C-ID, C-MODE, C-GROUP, C-AVATAR, C-CONTENT, C-TO: one field of a private message is replaced, or taken out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "mode | 1 | ok",
                "mode | \"1\" | ok",
                "mode | | mode.required",
                "mode | null | mode.required",
                "mode | \"\" | mode.required",
                "mode | [] | mode.required",
                "mode | true | mode.in",
                "mode | 1.0 | mode.in",
                "mode | \"01\" | mode.in",
                "mode | 3 | mode.in",
                "group_id | 0 | ok",
                "group_id | \"0100\" | ok",
                "group_id | | group_id.required",
                "group_id | -1 | group_id.required",
                "group_id | 1.0 | group_id.required",
                "group_id | 1e2 | group_id.required",
                "group_id | false | group_id.required",
                "group_id | {} | group_id.required",
                "group_id | \"a\" | group_id.form",
                "group_id | \"-1\" | group_id.form",
                "group_id | 10000000000000000000000000000000000000000000000000000000000000000 | group_id.form",
                "from_user_id | 0 | ok",
                "from_user_id | \"0\" | ok",
                "from_user_id | -5 | ok",
                "from_user_id | | from_user_id.required",
                "from_user_id | -0 | from_user_id.required",
                "from_user_id | 1.5 | from_user_id.required",
                "from_user_id | true | from_user_id.required",
                "from_user_id | [1] | from_user_id.required",
                "from_user_id | 10000000000000000000000000000000000000000000000000000000000000000 | from_user_id.max",
                "from_username | 7 | ok",
                "from_username | \"\" | from_username.required",
                "from_username | \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" | from_username.max",
                "from_avatar | {\"any\":1} | ok",
                "content | \" \" | ok",
                "content | | content.required",
                "content | \"\" | content.required",
                "content | 5 | content.required",
                "content | [\"a\"] | content.required",
                "to_user_id | 10000 | ok",
                "to_user_id | | to_user_id.required",
                "to_user_id | null | to_user_id.required",
                "to_user_id | 1.5 | to_user_id.required",
                "event | \"Speak\" | unknown_event",
                "event | true | unknown_event",
                "event | | unknown_event",
            })
    void fieldsAreChecked(String field, String value, String outcome) {
        String sent = frame(field, value);

        Client client =
                new Client(ImServer.builder().classicProfile().runtime(runtime).build(), CHINESE);
        client.send(sent);

        switch (outcome) {
            case "ok" -> assertThat(client.pipe).hasReceivedNothing().isOpen();
            case "unknown_event" ->
                assertThat(client.pipe)
                        .hasReceived("{\"code\":400,\"msg\":\"default invalid\",\"data\":" + sent + "}")
                        .isOpen();
            default -> assertThat(client.pipe).hasReceived(invalid(outcome)).isClosedWith(1008);
        }
    }

    /** C-JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "{\"event\":\"ping\",}",
                "{\"event\":\"ping\"} x",
                "{\"event\":\"ping\"}{}",
                "{'event':'ping'}",
                "{\"event\":\"ping\",\"a\":NaN}",
                "{\"event\":\"ping\"/**/}",
                "{\"event\":\"ping\",\"event\":\"ping\"}",
                "{\"event\":\"ping\",\"a\":{\"b\":1,\"b\":2}}",
                "{\"event\":\"ping\",\"a\":\"\\ud83d\"}"
            })
    void onlyStrictJsonIsRead(String text) {
        Client client = classic();
        client.send(text);

        assertThat(client.pipe).hasReceived(invalid("invalid_json")).isClosedWith(1007);
    }

    /** C-JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"a\"", "null", "true"})
    void jsonThatIsNoObjectIsRefused(String text) {
        Client client = classic();
        client.send(text);

        assertThat(client.pipe).hasReceived(invalid("not_an_object")).isClosedWith(1007);
    }

    /** C-JSON. */
    @Test
    void nestingAndKeysAreLimited() {
        assertThat(classic().send("{\"event\":\"ping\",\"a\":" + "[".repeat(63) + "]".repeat(63) + "}").pipe)
                .isOpen();
        assertThat(classic().send("{\"event\":\"ping\",\"a\":" + "[".repeat(64) + "]".repeat(64) + "}").pipe)
                .isClosedWith(1007);
        assertThat(classic().send("{\"event\":\"ping\"" + keys(63) + "}").pipe).isOpen();
        assertThat(classic().send("{\"event\":\"ping\"" + keys(64) + "}").pipe).isClosedWith(1007);
    }

    /** C-ENV: what is relayed is the client's text. */
    @Test
    void dataIsTheTextThatWasSent() {
        String sent =
                "{\"z\":{},\"n\":1.50,\"big\":123456789012345678901234567890,\"event\":\"join\",\"mode\":2, \"group_id\":7,\"from_user_id\":1,\"from_username\":\"A\",\"content\":\"x\"}";

        Client client = classic();
        client.send(sent);

        assertThat(client.pipe.frames()).containsExactly("{\"code\":0,\"msg\":\"success\",\"data\":" + sent + "}");
    }

    /** C-ENV: letters of msg may be escapes, and are where nothing else goes beyond Latin-1. */
    @Test
    void wordsOfTheServerAreEscapedInAMessageOfLatinLettersOnly() {
        String latin =
                "{\"event\":\"speak\",\"mode\":2,\"group_id\":7,\"from_user_id\":\"1\",\"from_username\":\"Zoë\",\"content\":\"hi\"}";
        String chinese = latin.replace("hi", "大家好");

        Client client = classic();
        client.send(latin.replace("speak", "join")).send(latin).send(chinese);

        assertThat(client.pipe.frames())
                .hasSize(3)
                .endsWith(
                        "{\"code\":0,\"msg\":\"Zoë[\\u7fa4\\u804a\\u8bf4]:hi\",\"data\":" + latin + "}",
                        "{\"code\":0,\"msg\":\"Zoë[群聊说]:大家好\",\"data\":" + chinese + "}");
    }

    /** C-ENV. */
    @Test
    void binaryMessagesCloseTheConnection() {
        Client client = classic();
        client.inbound.receivedBinary();
        runtime.runAll();

        assertThat(client.pipe).hasReceivedNothing().isClosedWith(1003);
    }

    /** C-GROUP: not 0 in mode 2. */
    @Test
    void groupChatNeedsAGroup() {
        Client client = classic();
        client.send(frame("mode", "2").replace("\"group_id\":0", "\"group_id\":\"0\""));

        assertThat(client.pipe).hasReceived(invalid("group_id.form")).isClosedWith(1008);
    }

    /** C-AVATAR. */
    @Test
    void theAvatarIsDemandedWhereTheApplicationAsksForIt() {
        ImServer server = ImServer.builder()
                .classicProfile()
                .validationRules(ValidationRules.defaults().withAvatarRequired(true))
                .runtime(runtime)
                .build();

        assertThat(new Client(server, CHINESE).send(frame("from_avatar", "{}")).pipe)
                .hasReceived(invalid("from_avatar.required"));
        assertThat(new Client(server, CHINESE).send(frame("from_avatar", "5")).pipe)
                .isOpen();
    }

    /** C-CONTENT: code points are counted. */
    @Test
    void contentIsCountedInCodePoints() {
        assertThat(classic().send(frame("content", "\"" + "😀".repeat(128) + "\"")).pipe)
                .isOpen();
        assertThat(classic().send(frame("content", "\"" + "😀".repeat(129) + "\"")).pipe)
                .hasReceived(invalid("content.max"));
    }

    /** C-ORDER. */
    @Test
    void theFirstBrokenRuleIsReportedAndNothingBehindItIsExecuted() {
        Client listening = classic();
        Client client = new Client(listening.server, CHINESE);
        listening.send(
                "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":2,\"from_username\":\"B\",\"content\":\"x\"}");

        client.send("{\"event\":\"speak\",\"mode\":1,\"group_id\":\"x\",\"from_user_id\":\"\",\"content\":\"\"}");
        client.send(frame("to_user_id", "2"));

        assertThat(client.pipe).hasReceived(invalid("group_id.form")).isClosedWith(1008);
        assertThat(listening.pipe.frames()).hasSize(1);
    }

    /** C-PING: needs no other field, and comes in its turn. */
    @Test
    void pingIsAnsweredWithoutAnyOtherField() {
        assertThat(classic().send("{\"event\":\"ping\",\"mode\":99}").pipe)
                .hasReceived("{\"code\":0,\"msg\":\"心跳检测\",\"data\":[]}")
                .isOpen();
    }

    /** C-JOIN, C-SPEAK: once each, whatever was joined how often; a second private join binds to the new user. */
    @Test
    void secondJoinsDeliverOnceAndRebind() {
        Client client = classic();
        String group = frame("mode", "2").replace("\"group_id\":0", "\"group_id\":7");
        client.send(group.replace("speak", "join")).send(group.replace("speak", "join"));
        client.send(frame("event", "\"join\"")).send(frame("event", "\"join\"").replace("10086", "42"));
        client.pipe.clear();

        client.send(group);
        assertThat(client.pipe.frames()).hasSize(1);
        client.send(frame("to_user_id", "10086"));
        assertThat(client.pipe.frames()).hasSize(1);
        client.send(frame("to_user_id", "42"));
        assertThat(client.pipe.frames()).hasSize(2);
    }

    /** C-LEAVE: each joined group once, ids as they came, and nobody else. */
    @Test
    void everyJoinedGroupHearsALeaveOnce() {
        Client client = classic();
        Client seven = new Client(client.server, CHINESE);
        Client both = new Client(client.server, CHINESE);
        String join = frame("mode", "2").replace("speak", "join");
        seven.send(join.replace("\"group_id\":0", "\"group_id\":7"));
        both.send(join.replace("\"group_id\":0", "\"group_id\":7"))
                .send(join.replace("\"group_id\":0", "\"group_id\":8"));
        client.send(join.replace("\"group_id\":0", "\"group_id\":\"8\""))
                .send(join.replace("\"group_id\":0", "\"group_id\":7"));
        seven.pipe.clear();
        both.pipe.clear();

        client.inbound.closed(CloseReason.LOST, null);
        runtime.runAll();

        assertThat(seven.pipe.frames()).hasSize(1);
        assertThat(both.pipe.frames())
                .hasSize(2)
                .anyMatch(leave -> leave.contains("\"group_id\":\"8\""))
                .anyMatch(leave -> leave.contains("\"group_id\":7"));
    }

    /** C-LANG. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| zh",
                "en | en",
                "en-GB,zh;q=0.9 | en",
                "fr, zh;q=0.5, en;q=0.4 | zh",
                "de | zh",
                "en;q=0 | zh",
                "??? | zh"
            })
    void theLanguageIsTheOneThatTheHandshakePrefers(String header, String language) {
        Client client =
                new Client(ImServer.builder().classicProfile().runtime(runtime).build(), header == null ? "" : header);
        client.send("{}");

        String english = "{\"code\":400,\"msg\":\"mode is required: 1 (private) or 2 (group)\",\"data\":[]}";
        assertThat(client.pipe).hasReceived(language.equals("en") ? english : invalid("mode.required"));
    }

    private Client classic() {
        return new Client(ImServer.builder().classicProfile().runtime(runtime).build(), CHINESE);
    }

    /** A valid private message from 10086 to nobody, with one field replaced or, where the value is null, left out. */
    private static String frame(String field, String value) {
        StringBuilder json = new StringBuilder("{");
        String[][] fields = {
            {"event", "\"speak\""}, {"mode", "1"}, {"group_id", "0"}, {"from_user_id", "\"10086\""},
            {"from_username", "\"A\""}, {"from_avatar", "\"a.png\""}, {"content", "\"hi\""}, {"to_user_id", "\"1\""}
        };
        for (String[] entry : fields) {
            String text = entry[0].equals(field) ? value : entry[1];
            if (text != null) {
                json.append(json.length() > 1 ? "," : "")
                        .append('"')
                        .append(entry[0])
                        .append("\":")
                        .append(text);
            }
        }
        return json.append('}').toString();
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append(",\"k").append(i).append("\":0");
        }
        return keys.toString();
    }

    private static String invalid(String key) {
        String row = Docs.read("docs/protocol.md")
                .lines()
                .filter(line -> line.startsWith("| `" + key + "` |"))
                .findFirst()
                .orElseThrow();
        String text = row.split("\\|", -1)[2].trim().replace("{0}", "128");
        return String.format(Locale.ROOT, "{\"code\":400,\"msg\":\"%s\",\"data\":[]}", text);
    }

    private final class Client {

        private final ImServer server;
        private final RecordingConnection pipe = new RecordingConnection();
        private final Inbound inbound;

        Client(ImServer server, String language) {
            this.server = server;
            Map<String, List<String>> headers =
                    language.isEmpty() ? Map.of() : Map.of("Accept-Language", List.of(language));
            this.inbound =
                    server.open(pipe, Handshake.at("/im").headers(headers).build());
        }

        Client send(String text) {
            inbound.received(text, true);
            runtime.runAll();
            return this;
        }
    }
}
