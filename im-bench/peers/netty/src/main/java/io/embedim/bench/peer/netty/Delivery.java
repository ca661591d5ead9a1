package io.embedim.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** A frame on its way to one lane. Who takes it out of there releases it. */
sealed interface Delivery {

    /** The whole frame, header and all. */
    ByteBuf frame();

    /**
     * To those of a group who are in the lane.
     *
     * @param group the group
     * @param frame the frame
     */
    record ToGroup(String group, ByteBuf frame) implements Delivery {}

    /**
     * To one client of the lane.
     *
     * @param client the client
     * @param frame the frame
     */
    record ToClient(Channel client, ByteBuf frame) implements Delivery {}
}
