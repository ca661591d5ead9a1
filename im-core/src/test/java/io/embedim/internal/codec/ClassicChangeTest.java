package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicChangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"content\":\"a\"}|{\"content\":\"b\"}",
                "{\"content\" : \"a\" , \"x\":1}|{\"content\" : \"b\" , \"x\":1}",
                "{\"n\":1.50e+2,\"content\":\"a\\\"}\"}|{\"n\":1.50e+2,\"content\":\"b\"}",
                "{ \"a\":{\"content\":\"deep\"},\"content\":\"\uD83D\uDE00\",\"z\":[1,{\"q\":null}] }"
                        + "|{ \"a\":{\"content\":\"deep\"},\"content\":\"b\",\"z\":[1,{\"q\":null}] }",
                "{\"c\\u006fntent\":\"a\",\"big\":12345678901234567890}"
                        + "|{\"c\\u006fntent\":\"b\",\"big\":12345678901234567890}",
            })
    void contentIsReplacedAndAllElseStaysToTheLetter(String before, String after) {
        assertThat(ClassicChange.apply(before, "b", Map.of())).isEqualTo(after);
    }

    @Test
    void contentIsQuoted() {
        assertThat(ClassicChange.apply("{\"content\":\"a\"}", "say \"hi\"\n\\", Map.of()))
                .isEqualTo("{\"content\":\"say \\\"hi\\\"\\n\\\\\"}");
    }

    @Test
    void fieldsAreReplacedWhereTheyAreAndAddedWhereTheyAreNot() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("n", "[true]");
        fields.put("o", "{\"p\":1}");
        fields.put("quo\"te", "\"q\"");

        assertThat(ClassicChange.apply("{\"n\": -1.5 ,\"x\":{\"n\":2},\"content\":\"a\"}", null, fields))
                .isEqualTo("{\"n\": [true] ,\"x\":{\"n\":2},\"content\":\"a\",\"o\":{\"p\":1},\"quo\\\"te\":\"q\"}");
    }

    @Test
    void everyKindOfValueIsReplacedWhole() {
        for (String value : new String[] {"0", "-1.5e-3", "true", "null", "\"\"", "\"a,}\"", "[]", "[[1],2]", "{}"}) {
            assertThat(ClassicChange.apply("{\"v\":" + value + ",\"w\":1}", null, Map.of("v", "9")))
                    .isEqualTo("{\"v\":9,\"w\":1}");
            assertThat(ClassicChange.apply("{\"w\":1,\"v\":" + value + "}", null, Map.of("v", "9")))
                    .isEqualTo("{\"w\":1,\"v\":9}");
        }
    }

    @Test
    void longFramesAreChangedInTheRightPlace() {
        String filler = "x".repeat(200_000) + "\\n中";

        assertThat(ClassicChange.apply("{\"f\":\"" + filler + "\",\"content\":\"a\",\"g\":1}", "b", Map.of()))
                .isEqualTo("{\"f\":\"" + filler + "\",\"content\":\"b\",\"g\":1}");
    }

    @Test
    void whatTheProtocolHasIsNotToBeSetAndWhatIsNoJsonNeither() {
        for (String name :
                List.of("event", "mode", "group_id", "from_user_id", "from_username", "to_user_id", "content")) {
            assertThatThrownBy(() -> ClassicChange.apply("{\"content\":\"a\"}", null, Map.of(name, "1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("field " + name + " is set already");
        }
        assertThatThrownBy(() -> ClassicChange.apply("{\"content\":\"a\"}", null, Map.of("x", "1,\"from_user_id\":2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field x is not one value of strict JSON");
        assertThatThrownBy(() -> ClassicChange.apply("{\"content\":\"a\"}", null, Map.of("\uD800", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name of a field");
        assertThatThrownBy(() -> ClassicChange.apply("{\"content\":\"a\"}", "\uD800", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClassicChange.apply("{\"content\":\"a\"}", "", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
