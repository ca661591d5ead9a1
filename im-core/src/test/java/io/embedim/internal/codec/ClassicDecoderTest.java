package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.Limits;
import io.embedim.protocol.ClassicRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, common rules: which JSON values a field may have, and what they mean. */
class ClassicDecoderTest {

    private final ClassicDecoder decoder = new ClassicDecoder(Limits.defaults());

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "10086, 10086",
                "\"10086\", 10086",
                "0, 0",
                "-5, -5",
                "\"-5\", -5",
                "\"-0\", -0",
                "\"0100\", 0100",
                "123456789012345678901234567890, 123456789012345678901234567890",
                "\"a b\", a b",
                "\"1.5\", 1.5",
                "\"\\u0061\", a",
                "\"\\ud83d\\ude00\", 😀",
                "\"join\", join",
                "\"1\", 1",
                "2, 2"
            })
    void anIdIsAStringOrAnInteger(String json, String id) {
        ClassicRequest request = decoder.decode(
                "{\"from_user_id\":" + json + ",\"from_username\":" + json + ",\"to_user_id\":" + json + "}");

        assertThat(request.fromUserId()).isEqualTo(id);
        assertThat(request.fromUsername()).isEqualTo(id);
        assertThat(request.toUserId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "1.5",
                "1.0",
                "-1.5",
                "0.0",
                "1e3",
                "1E3",
                "1e0",
                "1e-400",
                "1e400",
                "true",
                "false",
                "null",
                "[]",
                "[1]",
                "[\"1\"]",
                "{}",
                "{\"a\":1}"
            })
    void whatElseIsNoIdCountsAsAbsent(String json) {
        ClassicRequest request = decoder.decode("{\"from_user_id\":" + json + ",\"group_id\":" + json
                + ",\"from_username\":" + json + ",\"from_avatar\":" + json + ",\"to_user_id\":" + json + "}");

        assertThat(request.fromUserId()).isNull();
        assertThat(request.groupId()).isNull();
        assertThat(request.fromUsername()).isNull();
        assertThat(request.fromAvatar()).isNull();
        assertThat(request.toUserId()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"100, 100", "\"100\", 100", "\"0100\", 0100", "0, 0", "\"-1\", -1", "\"x\", x"})
    void aGroupIsAnIntegerWithoutSignOrAnyString(String json, String group) {
        assertThat(decoder.decode("{\"group_id\":" + json + "}").groupId()).isEqualTo(group);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0", "-100", "1.0", "1e2"})
    void aGroupHasNoSignFractionOrExponent(String json) {
        assertThat(decoder.decode("{\"group_id\":" + json + "}").groupId()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1, 1",
                "2, 2",
                "\"1\", 1",
                "\"2\", 2",
                "2.0, 2.0",
                "true, true",
                "false, false",
                "\"02\", 02",
                "\" 2\", ` 2`",
                "0, 0",
                "-1, -1",
                "1e0, 1e0",
                "3, 3"
            })
    void aModeKeepsItsTextSoThatWrongOnesAreToldFromMissingOnes(String json, String mode) {
        assertThat(decoder.decode("{\"mode\":" + json + "}").mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[1]", "{}", "{\"mode\":1}"})
    void aModeThatIsNoScalarIsMissing(String json) {
        assertThat(decoder.decode("{\"mode\":" + json + "}").mode()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1.5", "1e400", "true", "false", "null", "[\"x\"]", "{\"x\":\"y\"}"})
    void contentAndEventAreTextsOnly(String json) {
        ClassicRequest request = decoder.decode("{\"content\":" + json + ",\"event\":" + json + "}");

        assertThat(request.content()).isNull();
        assertThat(request.event()).isNull();
    }

    @Test
    void escapesAreResolved() {
        ClassicRequest request = decoder.decode(
                "{\"\\u0065vent\":\"spea\\u006b\",\"content\":\"a\\n\\\"\\\\\\/\\u0000\\ud83d\\ude00\"}");

        assertThat(request.event()).isEqualTo("speak");
        assertThat(request.content()).isEqualTo("a\n\"\\/\0😀");
    }

    @Test
    void itIsRememberedWhichIdsCameAsNumbers() {
        assertThat(decoder.decode("{\"group_id\":1,\"from_user_id\":\"1\",\"from_username\":\"1\"}")
                        .numbers())
                .isEqualTo(new ClassicRequest.Numbers(true, false, false));
        assertThat(decoder.decode("{\"group_id\":\"1\",\"from_user_id\":-1,\"from_username\":\"1\"}")
                        .numbers())
                .isEqualTo(new ClassicRequest.Numbers(false, true, false));
        assertThat(decoder.decode("{\"group_id\":\"1\",\"from_user_id\":\"1\",\"from_username\":7}")
                        .numbers())
                .isEqualTo(new ClassicRequest.Numbers(false, false, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"a\" : 1.50e+3 , \"b\":[ ],\"c\":{ } }",
                "{\"a\":\"\\u0041\\/\"}",
                "{\"a\":{\"}\":\"}\"}}"
            })
    void theObjectIsKeptAsItCameWithoutWhatStoodAroundIt(String json) {
        assertThat(decoder.decode(json).json()).isSameAs(json);
        assertThat(decoder.decode(" \t\r\n" + json + "\n \t").json()).isEqualTo(json);
    }

    @Test
    void fieldsBelowTheTopAreNobodys() {
        ClassicRequest request =
                decoder.decode("{\"ext\":{\"mode\":1,\"event\":\"speak\"},\"list\":[{\"content\":\"x\"}],\"mode\":2}");

        assertThat(request.mode()).isEqualTo("2");
        assertThat(request.event()).isNull();
        assertThat(request.content()).isNull();
    }
}
