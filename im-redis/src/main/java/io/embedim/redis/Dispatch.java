package io.embedim.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings what comes on a connection to the bus that its channel belongs to. For the client's thread. */
final class Dispatch extends RedisPubSubAdapter<byte[], byte[]> {

    private final Object connection;
    private final Function<String, @Nullable Bus> whose;

    Dispatch(Object connection, Function<String, @Nullable Bus> whose) {
        this.connection = connection;
        this.whose = whose;
    }

    @Override
    public void message(byte[] channel, byte[] message) {
        String name = text(channel);
        Bus bus = whose.apply(name);
        if (bus != null) {
            bus.heard(name, message);
        }
    }

    @Override
    public void subscribed(byte[] channel, long count) {
        String name = text(channel);
        Bus bus = whose.apply(name);
        if (bus != null) {
            bus.confirmed(connection, name);
        }
    }

    @Override
    public void smessage(byte[] channel, byte[] message) {
        message(channel, message);
    }

    @Override
    public void ssubscribed(byte[] channel, long count) {
        subscribed(channel, count);
    }

    /** Answers a wish of this node, or says that the slot of the channel has gone to another master. */
    @Override
    public void sunsubscribed(byte[] channel, long count) {
        String name = text(channel);
        Bus bus = whose.apply(name);
        if (bus != null) {
            bus.dropped(connection, name);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
