package io.embedim.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, common rules: no lone surrogates, whether they are written as they are or escaped. H and L stand for a half as it is, h and l for an escaped one. */
class WellFormedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "HL",
                "hl",
                "xHLx",
                "xhlx",
                "HLHL",
                "hlhl",
                "HLhl",
                "hlHL",
                "\\\\xhl",
                "\\\\\\\\hl",
                "\\nhl",
                "\\\"HL"
            })
    void everyHalfHasItsOther(String pattern) {
        assertThat(WellFormed.isWellFormed(json(pattern))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "L",
                "h",
                "l",
                "HH",
                "LL",
                "hh",
                "ll",
                "LH",
                "lh",
                "Hl",
                "hL",
                "Lh",
                "lH",
                "HhL",
                "hHl",
                "HxL",
                "hxl",
                "H\\nL",
                "h\\nl",
                "HLH",
                "hlh",
                "HLL",
                "hll",
                "HHL",
                "hhl",
                "HLh",
                "HLl",
                "hlH",
                "hlL",
                "xH",
                "Hx",
                "xh",
                "hx",
                "xl",
                "xL",
                "\\\\h",
                "\\\\\\\\l",
                "h\\\\l",
                "\\nl"
            })
    void aHalfAloneIsFound(String pattern) {
        assertThat(WellFormed.isWellFormed(json(pattern))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\uD800", "\\\\\\\\uDC00", "uD800", "\\\\uD83D\\\\uDE00", "\\\\\\nuD800"})
    void textThatOnlyLooksLikeAnEscapeIsNone(String text) {
        assertThat(WellFormed.isWellFormed('"' + text + '"')).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\uD83D\\uDE0",
                "\\uD83D\\u",
                "\\uD83D\\",
                "\\uD83D",
                "\\uDBFF\\uE000",
                "\\uD800\\uDBFF",
                "\\uDFFF"
            })
    void anEscapedHighHalfBeforeTheEndIsAlone(String text) {
        assertThat(WellFormed.isWellFormed('"' + text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800\\udc00", "\\uDBFF\\uDFFF", "\\uD83d\\uDe00", "\\uD7FF", "\\uE000", "\\uFFFF"})
    void theBordersOfTheSurrogatesAreRight(String text) {
        assertThat(WellFormed.isWellFormed('"' + text + '"')).isTrue();
    }

    private static String json(String pattern) {
        return '"'
                + pattern.replace("h", "\\uD83D")
                        .replace("l", "\\uDE00")
                        .replace('H', '\uD83D')
                        .replace('L', '\uDE00')
                + '"';
    }
}
