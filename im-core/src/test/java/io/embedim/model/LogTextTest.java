package io.embedim.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    private static final char ESCAPE = 0x1b;

    @ParameterizedTest
    @ValueSource(strings = {"10086", "阿克苏", "a/b:c[d]-_.", "😀"})
    void whatIsPlainStaysAsItIs(String text) {
        assertThat(LogText.line(text)).isEqualTo(text);
    }

    @Test
    void breaksEscapesAndWhatNobodySeesAreWrittenAsCodes() {
        for (char c :
                new char[] {'\n', '\r', '\t', 0, ESCAPE, 0x7f, 0x85, 0x9b, 0xad, 0x200b, 0x2028, 0x2029, 0x202e, 0xfeff
                }) {
            assertThat(LogText.line("a" + c + "b")).isEqualTo("\"a\\u" + String.format("%04x", (int) c) + "b\"");
        }
    }

    @Test
    void nobodyWritesAFurtherNameAndValue() {
        assertThat(LogText.line("a code=4001")).isEqualTo("\"a code=4001\"");
        assertThat(LogText.line("a\" code=\"1\\")).isEqualTo("\"a\\\" code=\\\"1\\\\\"");
        assertThat(LogText.line("")).isEqualTo("\"\"");
        assertThat(LogText.line(null)).isEqualTo("null");
    }

    @Test
    void whatIsLongIsCut() {
        assertThat(LogText.line("x".repeat(256))).hasSize(256);
        assertThat(LogText.line("x".repeat(257))).isEqualTo('"' + "x".repeat(256) + "…\"");
    }

    @Test
    void aFailureWithAPlainMessageIsItself() {
        Exception failure = new IllegalStateException("no answer within PT5S", new RuntimeException("why"));

        assertThat(LogText.trace(failure)).isSameAs(failure);
    }

    @Test
    void aFailureWithAnotherMessageKeepsItsStackAndNothingRaw() {
        Exception failure =
                new IllegalStateException("outer", new RuntimeException("a\nevent=forged" + ESCAPE + "[31m\u2028"));
        failure.addSuppressed(new RuntimeException("x\ny"));

        StringWriter printed = new StringWriter();
        LogText.trace(failure).printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString())
                .startsWith("java.lang.IllegalStateException: outer")
                .contains("java.lang.RuntimeException: a\\u000aevent=forged\\u001b[31m\\u2028")
                .contains("LogTextTest.aFailureWithAnotherMessageKeepsItsStackAndNothingRaw")
                .doesNotContain("\nevent=forged", String.valueOf(ESCAPE), "\u2028", "x\ny");
    }
}
