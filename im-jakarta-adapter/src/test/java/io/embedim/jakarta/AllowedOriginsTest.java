package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    @ParameterizedTest
    @CsvSource({
        "http://chat.example, chat.example, true",
        "https://chat.example, chat.example, true",
        "https://chat.example:443, chat.example, true",
        "http://chat.example, chat.example:80, true",
        "https://CHAT.example, chat.EXAMPLE, true",
        "http://localhost:8080, localhost:8080, true",
        "https://localhost:8080, localhost:8080, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://localhost:8081, localhost:8080, false",
        "http://chat.example, chat.example:8080, false",
        "http://chat.example.evil.example, chat.example, false",
        "http://evil.example, chat.example, false",
        "http://chat.example@evil.example, chat.example, false",
        "http://chat.example/path, chat.example, false",
        "null, chat.example, false",
        "'', chat.example, false",
        "chat.example, chat.example, false",
        "file://, chat.example, false",
        "'http://chat.example, http://evil.example', chat.example, false",
    })
    void sameHostComparesHostAndPort(String origin, String host, boolean allowed) {
        assertThat(AllowedOrigins.sameHost().allows(origin, host)).isEqualTo(allowed);
    }

    @Test
    void whoSendsNoOriginIsNoBrowser() {
        assertThat(AllowedOrigins.sameHost().allows(null, "chat.example")).isTrue();
        assertThat(AllowedOrigins.of("https://other.example").allows(null, null))
                .isTrue();
    }

    @Test
    void anOriginNeedsAHostToCompareWith() {
        assertThat(AllowedOrigins.sameHost().allows("http://chat.example", null))
                .isFalse();
    }

    @Test
    void aListKnowsOnlyItself() {
        AllowedOrigins listed = AllowedOrigins.of("https://chat.example", "http://localhost:8080/");

        assertThat(listed.allows("https://chat.example:443", "other")).isTrue();
        assertThat(listed.allows("http://localhost:8080", "other")).isTrue();
        assertThat(listed.allows("http://chat.example", "chat.example")).isFalse();
        assertThat(listed.allows("https://other.example", "other.example")).isFalse();
        assertThat(listed.allows("null", "chat.example")).isFalse();
    }

    @Test
    void anyLetsEverybodyIn() {
        assertThat(AllowedOrigins.any().allows("null", null)).isTrue();
        assertThat(AllowedOrigins.any().allows("https://evil.example", "chat.example"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "chat.example", "https://", "https://chat.example/path", "null"})
    void whatIsNoOriginCannotBeListed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.of(text))
                .withMessageContaining(text);
    }
}
