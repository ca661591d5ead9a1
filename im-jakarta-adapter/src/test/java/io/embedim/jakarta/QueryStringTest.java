package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryStringTest {

    @Test
    void readsEscapesAsUtf8() {
        assertThat(QueryString.parse("%E5%90%8D=%E7%84%A1%20%F0%9F%8E%89+x"))
                .containsOnlyKeys("名")
                .containsEntry("名", List.of("無 🎉 x"));
    }

    @Test
    void keepsRepeatedParametersInOrder() {
        assertThat(QueryString.parse("a=1&b=2&a=3")).containsEntry("a", List.of("1", "3"));
    }

    @Test
    void readsWhatHasNoValueOrNoName() {
        assertThat(QueryString.parse("a&b=&=c&&d=e=f"))
                .containsEntry("a", List.of(""))
                .containsEntry("b", List.of(""))
                .containsEntry("", List.of("c"))
                .containsEntry("d", List.of("e=f"))
                .hasSize(4);
    }

    @Test
    void leavesBrokenEscapesAsTheyAre() {
        assertThat(QueryString.parse("a=100%&b=%zz"))
                .containsEntry("a", List.of("100%"))
                .containsEntry("b", List.of("%zz"));
    }

    @Test
    void nothingIsNoParameter() {
        assertThat(QueryString.parse(null)).isEmpty();
        assertThat(QueryString.parse("")).isEmpty();
    }
}
