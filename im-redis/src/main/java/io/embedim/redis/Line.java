package io.embedim.redis;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;

/** How a {@link Bus} comes to a connection, and how one speaks there. Called by any thread; blocks nobody. */
interface Line {

    /** A connection from which what comes on the channels of this bus is brought to it. */
    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Bus bus);

    /** The connection that this bus had is there anew. */
    void back();

    /** Closes the connection, for all who hear by it. */
    void giveUp(StatefulRedisPubSubConnection<byte[], byte[]> connection, String why);

    CompletionStage<?> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels);

    CompletionStage<?> unsubscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels);

    /** Publishes to a channel of the bus, by the way that messages take. */
    Link.Call<Long> publish(byte[] channel, byte[] message);
}
