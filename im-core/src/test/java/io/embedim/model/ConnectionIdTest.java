package io.embedim.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An id is its text, however it is kept. */
class ConnectionIdTest {

    private static final List<String> TEXTS = List.of(
            "0123456789abcdef01234567",
            "f123456789abcdef01234567",
            "f123456789abcdeff1234567",
            "0123456789ABCDEF01234567",
            "0123456789abcdef0123456",
            "0123456789abcdef012345678",
            "000000000000000000000000",
            "0123456789abcdef0123456g",
            "連",
            "x");

    @Test
    void itsTextComesOutAsItCameIn() {
        assertThat(TEXTS).allSatisfy(text -> {
            assertThat(new ConnectionId(text).value()).isEqualTo(text);
            assertThat(new ConnectionId(text)).hasToString(text);
        });
    }

    @Test
    void equalsWhatHasTheSameText() {
        for (String one : TEXTS) {
            for (String other : TEXTS) {
                assertThat(new ConnectionId(one).equals(new ConnectionId(other)))
                        .isEqualTo(one.equals(other));
            }
            assertThat(new ConnectionId(one)).hasSameHashCodeAs(new ConnectionId(one));
        }
    }

    @Test
    void isInTheOrderOfTheTexts() {
        Random random = new Random(1);
        Stream<String> fresh =
                Stream.generate(() -> ConnectionId.random(random).value()).limit(100);
        List<String> texts = Stream.concat(TEXTS.stream(), fresh).sorted().toList();

        assertThat(texts.stream().map(ConnectionId::new).sorted().map(ConnectionId::value))
                .containsExactlyElementsOf(texts);
    }

    @Test
    void aFreshOneHas24HexadecimalDigitsAndCanBeFoundByThem() {
        ConnectionId fresh = ConnectionId.random(new Random(7));

        assertThat(fresh.value()).matches("[0-9a-f]{24}");
        assertThat(new ConnectionId(fresh.value())).isEqualTo(fresh).hasSameHashCodeAs(fresh);
    }

    @Test
    void emptyTextsAndLongOnesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionId(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionId("x".repeat(65)));
    }
}
