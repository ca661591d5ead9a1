package io.embedim.jakarta;

import io.embedim.connection.OutboundFrame;
import java.nio.ByteBuffer;
import java.util.List;

/** Texts as they are on the wire: RFC 6455, section 5.2, whole and unmasked, as servers send them. */
final class TextFrames {

    /** The whole of a text. */
    private static final byte FINAL_TEXT = (byte) 0x81;

    private static final int MOST_IN_ONE_BYTE = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MOST_IN_TWO_BYTES = 0xffff;

    private TextFrames() {}

    /** All of them, one after the other. */
    static ByteBuffer joined(List<OutboundFrame> frames) {
        long bytes = 0;
        for (OutboundFrame frame : frames) {
            bytes += bytes(frame);
        }
        ByteBuffer joined = ByteBuffer.allocate(Math.toIntExact(bytes));
        for (OutboundFrame frame : frames) {
            put(joined, frame);
        }
        return joined.flip();
    }

    /** How many bytes {@link #put} takes. */
    static long bytes(OutboundFrame frame) {
        return headerBytes(frame.size()) + (long) frame.size();
    }

    static void put(ByteBuffer to, OutboundFrame frame) {
        byte[] text = frame.utf8();
        to.put(FINAL_TEXT);
        switch (headerBytes(text.length)) {
            case 2 -> to.put((byte) text.length);
            case 4 -> to.put((byte) TWO_BYTES).putShort((short) text.length);
            default -> to.put((byte) EIGHT_BYTES).putLong(text.length);
        }
        to.put(text);
    }

    private static int headerBytes(int length) {
        if (length <= MOST_IN_ONE_BYTE) {
            return 2;
        }
        return length <= MOST_IN_TWO_BYTES ? 4 : 10;
    }
}
