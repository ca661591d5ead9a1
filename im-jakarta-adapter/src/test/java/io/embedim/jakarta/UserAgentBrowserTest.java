package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.Handshake;
import io.embedim.session.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentBrowserTest {

    private static final UserAgentBrowser BROWSERS = new UserAgentBrowser();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome",
                "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0 | Firefox",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15 | Safari",
                "something else | 未知",
                "'' | 未知",
            })
    void namesTheBrowser(String userAgent, String browser) {
        Handshake handshake = Handshake.at("/im")
                .headers(Map.of("user-agent", List.of(userAgent)))
                .build();

        assertThat(BROWSERS.from(handshake)).isEqualTo(Map.of(Session.BROWSER, browser));
    }

    @Test
    void noHeaderIsUnknown() {
        assertThat(BROWSERS.from(Handshake.at("/im").build())).containsEntry(Session.BROWSER, "未知");
    }

    @Test
    void aHeaderWithoutEndCostsLittle() {
        Handshake handshake = Handshake.at("/im")
                .headers(Map.of("User-Agent", List.of("Mozilla/5.0 ((((".repeat(100_000))))
                .build();

        assertThat(BROWSERS.from(handshake)).containsKey(Session.BROWSER);
    }
}
