package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embedim.model.Limits;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protocol, common rules: strict JSON only. The cases follow the categories of JSONTestSuite: n is no JSON, y is, i is for the parser to decide. */
class StrictJsonTest {

    private final ClassicDecoder decoder = new ClassicDecoder(Limits.defaults());

    static List<JsonCase> cases() {
        return JsonCase.all();
    }

    static List<JsonCase> arrays() {
        return JsonCase.all().stream()
                .filter(json -> json.json().startsWith("["))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFrameIsAnObjectOfStrictJson(JsonCase json) {
        if (!json.valid()) {
            assertRefused(json.json(), ProtocolText.INVALID_JSON);
        } else if (json.json().strip().startsWith("{")) {
            assertThat(decoder.decode(json.json()).json()).isEqualTo(json.json().strip());
        } else {
            assertRefused(json.json(), ProtocolText.NOT_AN_OBJECT);
        }
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void whatIsRefusedIsRefusedInAValueThatNobodyAskedForToo(JsonCase json) {
        String frame = "{\"event\":\"speak\",\"ext\":" + json.json() + ",\"mode\":1}";

        if (json.valid()) {
            assertThat(decoder.decode(frame).mode()).isEqualTo("1");
        } else {
            assertRefused(frame, ProtocolText.INVALID_JSON);
        }
    }

    @Test
    void theTableIsLongEnoughAndNamesNothingTwice() {
        assertThat(JsonCase.all()).hasSizeGreaterThan(230);
        assertThat(JsonCase.all().stream().map(JsonCase::name)).doesNotHaveDuplicates();
    }

    private void assertRefused(String json, ProtocolText text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> decoder.decode(json))
                .satisfies(refusal -> assertThat(refusal.text()).isEqualTo(text));
    }
}
