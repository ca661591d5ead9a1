package io.embedim.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.model.GroupId;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import io.embedim.protocol.Texts;
import io.embedim.protocol.ValidationRules;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader(
            new ClassicDecoder(Limits.defaults()),
            new RequestValidator(new HibernateBootstrap(), ValidationRules.defaults()),
            false);

    @Test
    void aTicketIsReadAndNeverShown() {
        FrameReader takesTickets = new FrameReader(
                new ClassicDecoder(Limits.defaults()),
                new RequestValidator(new HibernateBootstrap(), ValidationRules.defaults()),
                true);

        ClientFrame frame = takesTickets.read("{\"x\":{\"ticket\":\"no\"},\"event\":\"auth\",\"ticket\":\"secret\"}");

        assertThat(frame).isEqualTo(new ClientFrame.Auth("secret")).hasToString("Auth[]");
        assertThat(frame.json()).isEqualTo("{\"event\":\"auth\"}");
    }

    @Test
    void aPrivateMessageIsRead() {
        String json = frame("\"speak\"", "1", "0");

        assertThat(reader.read(json))
                .isEqualTo(new ClientFrame.SpeakPrivate(sender(), new UserId("10000"), "Hi", json));
    }

    @Test
    void aGroupMessageIsRead() {
        String json = frame("\"speak\"", "\"2\"", "100");

        assertThat(reader.read(json)).isEqualTo(new ClientFrame.SpeakGroup(sender(), new GroupId("100"), "Hi", json));
    }

    @Test
    void joinsAreRead() {
        String alone = frame("\"join\"", "1", "0");
        String group = frame("\"join\"", "2", "100");
        String groupAsText = frame("\"join\"", "2", "\"100\"");

        assertThat(reader.read(alone)).isEqualTo(new ClientFrame.JoinPrivate(sender(), alone));
        assertThat(reader.read(group)).isEqualTo(new ClientFrame.JoinGroup(sender(), new GroupId("100"), true, group));
        assertThat(reader.read(groupAsText))
                .isEqualTo(new ClientFrame.JoinGroup(sender(), new GroupId("100"), false, groupAsText));
    }

    @Test
    void aPingNeedsNoOtherField() {
        assertThat(reader.read("{\"event\":\"ping\"}")).isEqualTo(new ClientFrame.Ping("{\"event\":\"ping\"}"));
        assertThat(reader.read("{\"event\":\"ping\",\"mode\":7}")).isInstanceOf(ClientFrame.Ping.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"SPEAK\"",
                "\" speak\"",
                "\"speak\\u0000\"",
                "\"leave\"",
                "true",
                "null",
                "1",
                "[\"speak\"]",
                "{}"
            })
    void anEventThatNobodyKnowsIsFoundWhenAllElseIsRight(String event) {
        String json = frame(event, "1", "0");

        assertThat(reader.read(json)).isEqualTo(new ClientFrame.Unrecognized(json));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader.read("{\"event\":" + event + "}"))
                .satisfies(broken -> assertThat(broken.text()).isEqualTo(ProtocolText.MODE_REQUIRED));
    }

    @ParameterizedTest
    @EnumSource(ProtocolText.class)
    void everyTextIsThereInBothLanguagesAndTheyDiffer(ProtocolText key) {
        Map<ProtocolText, Integer> limits =
                Map.of(ProtocolText.CONTENT_MAX, 17, ProtocolText.TEXT_MAX, 17, ProtocolText.TOO_MANY_GROUPS, 17);
        String chinese = Texts.load(Locale.CHINESE, limits).get(key);
        String english = Texts.load(Locale.ENGLISH, limits).get(key);

        assertThat(chinese).isNotBlank().doesNotContain("{");
        assertThat(english).isNotBlank().doesNotContain("{");
        if (key == ProtocolText.UNKNOWN_EVENT) {
            assertThat(chinese).isEqualTo(english).isEqualTo("default invalid");
        } else {
            assertThat(chinese).isNotEqualTo(english).containsPattern("\\p{IsHan}");
            assertThat(english).doesNotContainPattern("\\p{IsHan}");
        }
        if (limits.containsKey(key)) {
            assertThat(chinese).contains("17");
            assertThat(english).contains("17");
        }
    }

    private static Sender sender() {
        return new Sender(new UserId("10086"), false, "阿克苏", false, null);
    }

    private static String frame(String event, String mode, String group) {
        return "{\"event\":" + event + ",\"mode\":" + mode + ",\"group_id\":" + group
                + ",\"from_user_id\":\"10086\",\"from_username\":\"阿克苏\",\"to_user_id\":\"10000\",\"content\":\"Hi\"}";
    }
}
