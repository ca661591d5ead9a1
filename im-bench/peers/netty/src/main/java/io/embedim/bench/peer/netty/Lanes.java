package io.embedim.bench.peer.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A lane for each event loop, and who is known by which name. */
final class Lanes {

    private final Map<EventLoop, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Channel> users = new ConcurrentHashMap<>();

    Lanes(EventLoopGroup loops) {
        for (EventExecutor loop : loops) {
            lanes.put((EventLoop) loop, new Lane((EventLoop) loop));
        }
        lanes.values().forEach(lane -> lane.connect(lanes.values()));
    }

    Lane of(Channel channel) {
        Lane lane = lanes.get(channel.eventLoop());
        if (lane == null) {
            throw new IllegalStateException("expected a channel of one of the lanes; came " + channel);
        }
        return lane;
    }

    @Nullable
    Channel user(String name) {
        return users.get(name);
    }

    void know(String name, Channel channel) {
        users.put(name, channel);
    }

    void forget(String name, Channel channel) {
        users.remove(name, channel);
    }
}
