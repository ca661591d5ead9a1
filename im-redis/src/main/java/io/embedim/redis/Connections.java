package io.embedim.redis;

import io.embedim.model.ImException;
import io.embedim.model.NotReadyException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's connections to one Redis, to a master that Sentinels know, or to a Cluster: one for commands, which comes back by itself and sends nothing twice; and as many as are asked for that
 * hear, which do not come back; of a Cluster also those that hear its shards.
 */
final class Connections {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final ClientResources resources;
    private final AbstractRedisClient commandClient;
    private final AbstractRedisClient busClient;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final @Nullable Object commandConnection;
    private final Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> connectBus;
    private final boolean cluster;
    private final @Nullable ShardLines shards;
    private final @Nullable AbstractRedisClient shardClient;

    private Connections(
            ClientResources resources,
            AbstractRedisClient commandClient,
            AbstractRedisClient busClient,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            @Nullable Object commandConnection,
            Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> connectBus,
            boolean cluster,
            @Nullable ShardLines shards,
            @Nullable AbstractRedisClient shardClient) {
        this.resources = resources;
        this.commandClient = commandClient;
        this.busClient = busClient;
        this.commands = commands;
        this.commandConnection = commandConnection;
        this.connectBus = connectBus;
        this.cluster = cluster;
        this.shards = shards;
        this.shardClient = shardClient;
    }

    /**
     * Connects, and waits for that. Throws where this is no Redis that can be used.
     *
     * @param byShard whether shards are to be heard
     */
    static Connections open(RedisURI uri, Duration timeOut, boolean byShard) {
        uri.setTimeout(timeOut);
        ClientResources resources = DefaultClientResources.builder()
                .reconnectDelay(Delay.exponential(Duration.ofMillis(20), LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
                .build();
        RedisClient client = RedisClient.create(resources, uri);
        try {
            client.setOptions(options(timeOut, true));
            StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
            ServerCheck check = new ServerCheck(connection.sync().info());
            String problem = check.problem();
            if (problem == null && byShard) {
                problem = check.problemOfShards();
            }
            if (problem != null) {
                throw new NotReadyException(problem);
            } else if (check.isCluster()) {
                client.shutdown(Duration.ZERO, FAREWELL);
                return cluster(resources, uri, timeOut, byShard);
            }
            RedisClient hearing = RedisClient.create(resources, uri);
            hearing.setOptions(options(timeOut, false));
            return new Connections(
                    resources,
                    client,
                    hearing,
                    connection.async(),
                    connection,
                    () -> hearing.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri),
                    false,
                    null,
                    null);
        } catch (RuntimeException e) {
            client.shutdown(Duration.ZERO, FAREWELL);
            Object unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
            throw e instanceof NotReadyException ? e : new ImException(Failures.why(root(e)), e);
        }
    }

    private static Connections cluster(ClientResources resources, RedisURI uri, Duration timeOut, boolean byShard) {
        RedisClusterClient client = RedisClusterClient.create(resources, uri);
        client.setOptions(clusterOptions(timeOut, true));
        RedisClusterClient hearing = RedisClusterClient.create(resources, uri);
        hearing.setOptions(clusterOptions(timeOut, false));
        hearing.getPartitions();
        RedisClient shardClient = byShard ? RedisClient.create(resources, uri) : null;
        if (shardClient != null) {
            // What comes from a shard looks like an answer to the older protocol's reader.
            shardClient.setOptions(set(ClientOptions.builder(), timeOut, false)
                    .protocolVersion(ProtocolVersion.RESP3)
                    .build());
        }
        return new Connections(
                resources,
                client,
                hearing,
                client.connect(ByteArrayCodec.INSTANCE).async(),
                null,
                () -> hearing.connectPubSubAsync(ByteArrayCodec.INSTANCE).thenApply(connection -> connection),
                true,
                shardClient == null ? null : new ShardLines(hearing, shardClient, uri),
                shardClient);
    }

    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    boolean isCluster() {
        return cluster;
    }

    /** The connections that hear shards; null where that is not wanted. */
    @Nullable
    ShardLines shards() {
        return shards;
    }

    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connectBus() {
        return connectBus.get();
    }

    /**
     * Says when the connection for commands comes and goes; in a Cluster there are several, and the client knows better. It alone: to find the master, the client connects to a Sentinel, and
     * that connection is given up at any time afterwards.
     */
    void onCommands(Consumer<Boolean> up) {
        if (!cluster) {
            listen(commandClient, (connection, there) -> {
                if (connection == commandConnection) {
                    up.accept(there);
                }
            });
        }
    }

    void onBusLost(Consumer<Object> lost) {
        onLost(busClient, lost);
        ShardLines lines = shards;
        if (lines != null && shardClient != null) {
            onLost(shardClient, connection -> lines.giveUp(connection, "the connection was lost"));
        }
    }

    void close() {
        if (shards != null && shardClient != null) {
            shards.close();
            shardClient.shutdown(Duration.ZERO, FAREWELL);
        }
        busClient.shutdown(Duration.ZERO, FAREWELL);
        commandClient.shutdown(Duration.ZERO, FAREWELL);
        Object unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private static void onLost(AbstractRedisClient client, Consumer<Object> lost) {
        listen(client, (connection, there) -> {
            if (!there) {
                lost.accept(connection);
            }
        });
    }

    private static void listen(AbstractRedisClient client, BiConsumer<Object, Boolean> state) {
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                state.accept(connection, true);
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                state.accept(connection, false);
            }
        });
    }

    /** What was sent when a connection breaks has failed then: the client would else send it again, and a message be said twice. */
    private static ClientOptions options(Duration timeOut, boolean comesBack) {
        return set(ClientOptions.builder(), timeOut, comesBack).build();
    }

    private static ClusterClientOptions clusterOptions(Duration timeOut, boolean comesBack) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        set(builder, timeOut, comesBack);
        return builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(REFRESH)
                        .build())
                .build();
    }

    private static ClientOptions.Builder set(ClientOptions.Builder builder, Duration timeOut, boolean comesBack) {
        return builder.autoReconnect(comesBack)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeOut)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build());
    }

    /** What Redis has said, or what broke in the end. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (!Failures.isRefusal(root) && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
