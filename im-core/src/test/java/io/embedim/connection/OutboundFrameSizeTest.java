package io.embedim.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a frame says of its size, wherever in it stands what is not ASCII: the size is found in several ways. */
class OutboundFrameSizeTest {

    private static final String[] LETTERS = {
        "", "?", "\u007f", "\u0080", "é", "ÿ", "Ā", "߿", "ࠀ", "阿", "\uffff", "🎉", "阿🎉é🎉阿"
    };

    static Stream<String> texts() {
        return IntStream.of(0, 1, 31, 32, 33, 400)
                .boxed()
                .flatMap(before -> Stream.of(LETTERS).map(letter -> "a".repeat(before) + letter + "?z"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isThatOfItsBytes(String text) {
        OutboundFrame frame = OutboundFrame.of(text);

        assertThat(frame.text()).isEqualTo(text);
        assertThat(frame.size()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(frame.utf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<String> loneSurrogates() {
        return IntStream.of(0, 1, 31, 32, 33, 400)
                .boxed()
                .flatMap(before -> Stream.of("\ud83d", "\udf89", "\udf89\ud83d", "阿\udf89", "𝄞\ud83d")
                        .flatMap(lone -> Stream.of("", "é", "?").map(after -> "a".repeat(before) + lone + after)));
    }

    @ParameterizedTest
    @MethodSource("loneSurrogates")
    void isThatOfItsBytesWhereSurrogatesAreReplaced(String text) {
        OutboundFrame frame = OutboundFrame.of(text);

        assertThat(frame.text()).isEqualTo(text.replace('\ud83d', '\ufffd').replace('\udf89', '\ufffd'));
        assertThat(frame.size()).isEqualTo(frame.text().getBytes(StandardCharsets.UTF_8).length);
    }
}
