package io.embedim.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Those of one group who live in one lane, and the frames that have gathered for them in this turn. */
final class Members {

    private final Set<Channel> channels = new LinkedHashSet<>();
    private final List<ByteBuf> frames = new ArrayList<>();

    void add(Channel channel) {
        channels.add(channel);
    }

    /** Whether nobody is left. */
    boolean remove(Channel channel) {
        channels.remove(channel);
        return channels.isEmpty();
    }

    /** Takes over the frame; whether it is the first. */
    boolean gather(ByteBuf frame) {
        frames.add(frame);
        return frames.size() == 1;
    }

    /** Sends what has gathered: all frames in a row, the same memory to everyone. */
    void send() {
        ByteBuf row = frames.size() == 1 ? frames.get(0) : joined();
        frames.clear();
        for (Channel channel : channels) {
            ChannelFuture unused = channel.write(row.retainedDuplicate(), channel.voidPromise());
            channel.flush();
        }
        row.release();
    }

    private ByteBuf joined() {
        int size = 0;
        for (ByteBuf frame : frames) {
            size += frame.readableBytes();
        }
        ByteBuf row = PooledByteBufAllocator.DEFAULT.directBuffer(size);
        for (ByteBuf frame : frames) {
            row.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
            frame.release();
        }
        return row;
    }
}
