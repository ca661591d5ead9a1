package io.embedim.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/** Frames as a server sends them, RFC 6455, section 5.2. */
final class Frames {

    private static final int WHOLE_TEXT = 0x81;
    private static final int IN_TWO_BYTES = 126;
    private static final int IN_EIGHT_BYTES = 127;
    private static final int LONGEST_HEADER = 10;

    private Frames() {}

    /** A whole text frame of what is left to read. */
    static ByteBuf text(ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_HEADER + length);
        frame.writeByte(WHOLE_TEXT);
        if (length < IN_TWO_BYTES) {
            frame.writeByte(length);
        } else if (length <= 0xffff) {
            frame.writeByte(IN_TWO_BYTES).writeShort(length);
        } else {
            frame.writeByte(IN_EIGHT_BYTES).writeLong(length);
        }
        return frame.writeBytes(payload);
    }
}
