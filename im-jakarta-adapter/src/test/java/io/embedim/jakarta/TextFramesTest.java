package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.OutboundFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFramesTest {

    /** The examples of RFC 6455, section 5.7, and the bounds of section 5.2. */
    @Test
    void headersSayHowLongEachTextIs() {
        assertThat(header("Hello")).containsExactly(0x81, 5);
        assertThat(header("")).containsExactly(0x81, 0);
        assertThat(header("x".repeat(125))).containsExactly(0x81, 125);
        assertThat(header("x".repeat(126))).containsExactly(0x81, 126, 0, 126);
        assertThat(header("é".repeat(63))).containsExactly(0x81, 126, 0, 126);
        assertThat(header("x".repeat(256))).containsExactly(0x81, 126, 1, 0);
        assertThat(header("x".repeat(65_535))).containsExactly(0x81, 126, 255, 255);
        assertThat(header("x".repeat(65_536))).containsExactly(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void framesFollowEachOtherInOneBuffer() {
        ByteBuffer joined =
                TextFrames.joined(List.of(OutboundFrame.of("ab"), OutboundFrame.of(""), OutboundFrame.of("é")));

        assertThat(bytes(joined, joined.remaining())).containsExactly(0x81, 2, 'a', 'b', 0x81, 0, 0x81, 2, 0xc3, 0xa9);
    }

    private static int[] header(String text) {
        OutboundFrame frame = OutboundFrame.of(text);
        ByteBuffer joined = TextFrames.joined(List.of(frame));
        return bytes(joined, joined.remaining() - frame.size());
    }

    private static int[] bytes(ByteBuffer buffer, int count) {
        int[] bytes = new int[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = buffer.get() & 0xff;
        }
        return bytes;
    }
}
