package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The article's envelopes, byte for byte. */
class ClassicEncoderTest {

    private static final String DATA = "{ \"event\":\"speak\",\"n\":1.50e+3,\"ext\":{},\"u\":\"\\u4f60\" }";

    @Test
    void aPrivateMessageRelaysTheFrameAsItCame() {
        assertThat(ClassicEncoder.toJson(new ServerFrame.PrivateMessage("阿克苏", "10000", "Hi, 我是阿克苏", DATA)))
                .isEqualTo("{\"code\":0,\"msg\":\"阿克苏[单聊对]10000[说]:Hi, 我是阿克苏\",\"data\":" + DATA + "}");
    }

    @Test
    void aGroupMessageRelaysTheFrameAsItCame() {
        assertThat(ClassicEncoder.toJson(new ServerFrame.GroupMessage("阿克苏", "hello", DATA)))
                .isEqualTo("{\"code\":0,\"msg\":\"阿克苏[群聊说]:hello\",\"data\":" + DATA + "}");
    }

    @Test
    void theArticlesWordsAreEscapedWhereNothingElseGoesBeyondLatin1() {
        String group = ClassicEncoder.toJson(new ServerFrame.GroupMessage("Zoë", "¡olé!", DATA));
        String single = ClassicEncoder.toJson(new ServerFrame.PrivateMessage("Aksu", "10000", "hello", DATA));

        assertThat(group).isEqualTo("{\"code\":0,\"msg\":\"Zoë[\\u7fa4\\u804a\\u8bf4]:¡olé!\",\"data\":" + DATA + "}");
        assertThat(single)
                .isEqualTo("{\"code\":0,\"msg\":\"Aksu[\\u5355\\u804a\\u5bf9]10000[\\u8bf4]:hello\",\"data\":" + DATA
                        + "}");
        assertThat(msg(group)).isEqualTo("Zoë[群聊说]:¡olé!");
        assertThat(msg(single)).isEqualTo("Aksu[单聊对]10000[说]:hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ā", "…", "你", "😀"})
    void theArticlesWordsStayWhereAnyTextGoesBeyondLatin1(String beyond) {
        String data = "{\"x\":\"" + beyond + "\"}";

        assertThat(ClassicEncoder.toJson(new ServerFrame.GroupMessage("Aksu", beyond, DATA)))
                .contains("[群聊说]:");
        assertThat(ClassicEncoder.toJson(new ServerFrame.GroupMessage(beyond, "hello", DATA)))
                .contains("[群聊说]:");
        assertThat(ClassicEncoder.toJson(new ServerFrame.PrivateMessage("Aksu", "10000", "hello", data)))
                .contains("[单聊对]10000[说]:");
    }

    @Test
    void aLeaveHasTheArticlesFieldsInTheirOrder() {
        Sender sender = new Sender(new UserId("2023"), false, "無尘", false, null);

        assertThat(ClassicEncoder.toJson(
                        new ServerFrame.Leave(new GroupId("100"), true, new ConnectionId("c1"), sender, 1)))
                .isEqualTo(
                        "{\"code\":0,\"msg\":\"close\",\"data\":{\"event\":\"leave\",\"group_id\":100,\"client_id\":\"c1\","
                                + "\"content\":\"leaving group\",\"from_user_id\":\"2023\",\"from_username\":\"無尘\"}}");
    }

    @Test
    void aLeaveNamesItsIdsInTheFormInWhichTheyCame() {
        Sender sender = new Sender(new UserId("2023"), true, "7", true, null);

        assertThat(ClassicEncoder.toJson(
                        new ServerFrame.Leave(new GroupId("100"), false, new ConnectionId("c1"), sender, 1)))
                .contains("\"group_id\":\"100\"", "\"from_user_id\":2023", "\"from_username\":7");
    }

    @Test
    void aLeaveThatStandsForSeveralSaysHowMany() {
        Sender sender = new Sender(new UserId("2023"), false, "無尘", false, null);

        assertThat(ClassicEncoder.toJson(
                        new ServerFrame.Leave(new GroupId("100"), true, new ConnectionId("c1"), sender, 137)))
                .endsWith("\"from_username\":\"無尘\",\"left\":137}}");
    }

    @Test
    void aLeaveEscapesIds() {
        Sender sender = new Sender(new UserId("a\"b"), false, "c\\d\n", false, null);

        assertThat(ClassicEncoder.toJson(
                        new ServerFrame.Leave(new GroupId("g\""), false, new ConnectionId("c\"1"), sender, 1)))
                .contains(
                        "\"group_id\":\"g\\\"\"",
                        "\"client_id\":\"c\\\"1\"",
                        "\"from_user_id\":\"a\\\"b\"",
                        "\"from_username\":\"c\\\\d\\n\"");
    }

    @Test
    void aReplyWithoutDataHasAnEmptyList() {
        assertThat(ClassicEncoder.toJson(new ServerFrame.Reply(400, "用户头像是必须的", null)))
                .isEqualTo("{\"code\":400,\"msg\":\"用户头像是必须的\",\"data\":[]}");
        assertThat(ClassicEncoder.toJson(new ServerFrame.Reply(0, "success", DATA)))
                .isEqualTo("{\"code\":0,\"msg\":\"success\",\"data\":" + DATA + "}");
    }

    @Test
    void aReplyEscapesItsText() {
        assertThat(ClassicEncoder.toJson(new ServerFrame.Reply(400, "\"a\\b\"\n", null)))
                .isEqualTo("{\"code\":400,\"msg\":\"\\\"a\\\\b\\\"\\n\",\"data\":[]}");
    }

    @Test
    void everyCharacterOfAMessageSurvivesTheEnvelope() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += codePoint < 0x3000 ? 1 : 0x101) {
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                continue;
            }
            String content = "a" + Character.toString(codePoint) + "b";
            String json = ClassicEncoder.toJson(new ServerFrame.PrivateMessage(content, content, content, "{}"));

            assertThat(msg(json)).as("U+%04X", codePoint).isEqualTo(content + "[单聊对]" + content + "[说]:" + content);
        }
    }

    @Test
    void aMessageCannotLeaveItsText() {
        String hostile = "\",\"code\":1,\"x\":\"\\";
        String json = ClassicEncoder.toJson(new ServerFrame.GroupMessage(hostile, hostile, "{}"));

        assertThat(JsonMapper.shared().readTree(json).propertyNames()).containsExactly("code", "msg", "data");
        assertThat(JsonMapper.shared().readTree(json).get("code").asInt()).isZero();
    }

    private static String msg(String json) {
        return JsonMapper.shared().readTree(json).get("msg").asString();
    }
}
