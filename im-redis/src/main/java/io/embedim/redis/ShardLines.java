package io.embedim.redis;

import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that hear the shards of a Redis Cluster: one to each master, for all slots that lie there. Where a slot lies is looked up anew for each bus that wants a connection.
 *
 * <p>A connection to a master that has no slot any more stays until that master goes: it costs nothing.
 */
final class ShardLines {

    private static final Logger LOG = LoggerFactory.getLogger(ShardLines.class);

    private final RedisClusterClient topology;
    private final RedisClient client;
    private final RedisURI first;
    private final Map<String, CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>>> byMaster =
            new HashMap<>();
    private @Nullable CompletableFuture<Void> look;
    private volatile Function<String, @Nullable Bus> whose = channel -> null;
    private volatile Consumer<Object> onLost = connection -> {};
    private volatile boolean closed;

    /**
     * With a client that knows the Cluster, and one that connects to a single master and does not come back by itself.
     *
     * @param first one of its addresses, with the user, the password and whether it is TLS
     */
    ShardLines(RedisClusterClient topology, RedisClient client, RedisURI first) {
        this.topology = topology;
        this.client = client;
        this.first = first;
    }

    /** To whom a channel belongs, and who wants to know that a connection is lost. Before the first connection. */
    void serve(Function<String, @Nullable Bus> whoseChannel, Consumer<Object> lost) {
        whose = whoseChannel;
        onLost = lost;
    }

    Line of(int slot) {
        return new OfSlot(slot);
    }

    /** The connection is gone, or of no use; whoever hears by it is told. */
    void giveUp(Object connection, String why) {
        if (closed) {
            return;
        }
        String master = null;
        synchronized (this) {
            Iterator<Map.Entry<String, CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>>>> all =
                    byMaster.entrySet().iterator();
            while (all.hasNext() && master == null) {
                Map.Entry<String, CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>>> each = all.next();
                if (each.getValue().getNow(null) == connection) {
                    master = each.getKey();
                    all.remove();
                }
            }
        }
        if (master == null) {
            return;
        }
        LOG.warn("event=redis_shard_lost master={} cause={}", LogText.line(master), LogText.line(why));
        CompletionStage<?> ignored = ((StatefulRedisPubSubConnection<?, ?>) connection).closeAsync();
        onLost.accept(connection);
    }

    /** From here on nobody is told of a loss, and nobody gets a connection; those there are end with their client. */
    void close() {
        closed = true;
    }

    private CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> to(int slot) {
        if (closed) {
            return CompletableFuture.failedFuture(new ImException("the connection to Redis is closed"));
        }
        return look().thenCompose(done -> {
            RedisClusterNode master = topology.getPartitions().getPartitionBySlot(slot);
            return master == null
                    ? CompletableFuture.failedFuture(
                            new ImException("expected a master that has slot " + slot + "; there is none"))
                    : connect(master.getUri());
        });
    }

    /** Many ask at once when a master is gone: they share an answer. */
    private synchronized CompletableFuture<Void> look() {
        CompletableFuture<Void> under = look;
        if (under != null) {
            return under;
        }
        CompletableFuture<Void> fresh = topology.refreshPartitionsAsync().toCompletableFuture();
        look = fresh;
        CompletionStage<?> ignored = fresh.whenComplete((done, failure) -> {
            synchronized (this) {
                look = null;
            }
        });
        return fresh;
    }

    private CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(RedisURI where) {
        String master = where.getHost() + ":" + where.getPort();
        CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> fresh = new CompletableFuture<>();
        synchronized (this) {
            CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> present =
                    byMaster.putIfAbsent(master, fresh);
            if (present != null) {
                return present;
            }
        }
        RedisURI uri = RedisURI.builder(first)
                .withHost(where.getHost())
                .withPort(where.getPort())
                .build();
        // Also what is thrown at once has to come to who waits: the client may be ended by now.
        CompletionStage<?> ignored = CompletableFuture.completedFuture(uri)
                .thenCompose(there -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE, there))
                .whenComplete((connection, failure) -> {
                    if (failure == null) {
                        connection.addListener(new Dispatch(connection, channel -> whose.apply(channel)));
                        LOG.info("event=redis_shard_heard master={}", LogText.line(master));
                        fresh.complete(connection);
                    } else {
                        synchronized (this) {
                            byMaster.remove(master, fresh);
                        }
                        fresh.completeExceptionally(failure);
                    }
                });
        return fresh;
    }

    /** What one bus needs: all its channels lie in this slot. */
    private final class OfSlot implements Line {

        private final int slot;

        private OfSlot(int slot) {
            this.slot = slot;
        }

        @Override
        public CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Bus bus) {
            return to(slot);
        }

        @Override
        public void back() {
            // Said once, for all slots of the master.
        }

        @Override
        public void giveUp(StatefulRedisPubSubConnection<byte[], byte[]> connection, String why) {
            ShardLines.this.giveUp(connection, why);
        }

        @Override
        public CompletionStage<?> subscribe(
                StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
            return each(channels, connection.async()::ssubscribe);
        }

        @Override
        public CompletionStage<?> unsubscribe(
                StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
            return each(channels, connection.async()::sunsubscribe);
        }

        /**
         * A command for each channel. The client takes the first confirmation for the whole answer and the next ones for answers to what was sent behind it; a refusal would then go to another bus
         * that uses this connection, or to nobody.
         */
        private static CompletionStage<?> each(byte[][] channels, Function<byte[][], CompletionStage<Void>> command) {
            return CompletableFuture.allOf(Arrays.stream(channels)
                    .map(channel -> command.apply(new byte[][] {channel}).toCompletableFuture())
                    .toArray(CompletableFuture[]::new));
        }

        @Override
        public Link.Call<Long> publish(byte[] channel, byte[] message) {
            return commands -> commands.spublish(channel, message);
        }
    }
}
