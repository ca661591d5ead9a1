package io.embedim.redis;

import io.embedim.model.LogText;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection for one bus, on which all channels can be heard that have no shard of their own. */
final class OneLine implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(OneLine.class);

    private final Connections connections;

    OneLine(Connections connections) {
        this.connections = connections;
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Bus bus) {
        return connections.connectBus().thenApply(connection -> {
            connection.addListener(new Dispatch(connection, channel -> bus));
            return connection;
        });
    }

    @Override
    public void back() {
        LOG.info("event=redis_bus_back");
    }

    @Override
    public void giveUp(StatefulRedisPubSubConnection<byte[], byte[]> connection, String why) {
        LOG.warn("event=redis_bus_lost cause={}", LogText.line(why));
        CompletionStage<?> ignored = connection.closeAsync();
    }

    @Override
    public CompletionStage<?> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
        return connection.async().subscribe(channels);
    }

    @Override
    public CompletionStage<?> unsubscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
        return connection.async().unsubscribe(channels);
    }

    @Override
    public Link.Call<Long> publish(byte[] channel, byte[] message) {
        return commands -> commands.publish(channel, message);
    }
}
