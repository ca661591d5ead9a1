package io.embedim.redis;

import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import io.lettuce.core.RedisURI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's connections to the Redis that the nodes of a cluster share, and what stands on them: a broker, sessions, memberships, bans and leases, and for {@code im.v2} lists of conversations and
 * watermarks, for one server.
 *
 * <p><b>Lifecycle.</b> {@link #builder} and {@link RedisBackendBuilder#open} at the start of the application; {@link #close} after the server.
 *
 * <p><b>Threads.</b> Nothing but {@code open} and {@code close} blocks its caller. <b>Failure.</b> When Redis is away, all calls fail or take as long as the time-out; when it is back, all goes on
 * by itself.
 *
 * <p>docs/how-to/cluster.md says how to use it and what is promised.
 */
public final class RedisBackend implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBackend.class);

    private final Connections connections;
    private final Link link;
    private final RedisParts parts;
    private final RedisBroker broker;
    private final RedisSessionStore sessions;
    private final RedisMemberships memberships;
    private final RedisBans bans;
    private final RedisDirectory directory;
    private final RedisWatermarks watermarks;
    private final RedisCluster cluster;
    private boolean begun;
    private volatile boolean closed;

    private RedisBackend(RedisBackendBuilder from, Connections connections) {
        RedisKeys keys = new RedisKeys(from.prefix, from.shardedPubSub);
        Ids ids = new Ids(from.runtime);
        this.connections = connections;
        this.link = new Link(connections.commands(), from.runtime, from.timeOut, from.maxWaiting);
        this.parts = new RedisParts(from, link, connections, keys, ids);
        this.broker = new RedisBroker(parts, parts.buses::close);
        this.memberships = new RedisMemberships(link, keys);
        this.bans = new RedisBans(link, keys);
        this.directory = new RedisDirectory(link, keys, ids);
        this.watermarks = new RedisWatermarks(link, keys);
        this.cluster = new RedisCluster(link, keys, ids, from.lease, from.shardedPubSub);
        this.sessions = new RedisSessionStore(link, keys, cluster::doubt);
    }

    /**
     * Begins to configure a backend.
     *
     * @param uri where Redis is: {@code redis://host:port}, {@code rediss://} for TLS, with {@code user:password@} before the host for ACLs; {@code redis-sentinel://host1,host2/0#master} for a
     *     master that Sentinels know. A Redis that says that it is part of a Cluster is used as one.
     * @param runtime the server's: time, chance, and where stages complete
     * @return a builder
     */
    public static RedisBackendBuilder builder(String uri, ImRuntime runtime) {
        return new RedisBackendBuilder(uri, runtime);
    }

    static RedisBackend open(RedisBackendBuilder from) {
        RedisURI uri;
        try {
            uri = RedisURI.create(from.uri);
        } catch (IllegalArgumentException e) {
            // Without the text: it may have a password in it.
            throw new ImException("the address of Redis cannot be read; expected redis://host:port or a like one");
        }
        Connections connections;
        try {
            connections = Connections.open(uri, from.timeOut, from.shardedPubSub);
        } catch (ImException e) {
            throw new ImException("this Redis cannot be used: " + e.getMessage(), e);
        }
        RedisBackend backend = new RedisBackend(from, connections);
        try {
            backend.begin();
            return backend;
        } catch (ImException e) {
            backend.close();
            throw e;
        }
    }

    /**
     * What was said, and the way between nodes.
     *
     * @return the same at each call
     */
    public RedisBroker broker() {
        return broker;
    }

    /**
     * Who is here, on whatever node.
     *
     * @return the same at each call
     */
    public RedisSessionStore sessions() {
        return sessions;
    }

    /**
     * Who belongs to which group.
     *
     * @return the same at each call
     */
    public RedisMemberships memberships() {
        return memberships;
    }

    /**
     * Who may not come in.
     *
     * @return the same at each call
     */
    public RedisBans bans() {
        return bans;
    }

    /**
     * In which conversations each user is, for {@code V2Settings}.
     *
     * @return the same at each call
     */
    public RedisDirectory directory() {
        return directory;
    }

    /**
     * How far each user has read, for {@code V2Settings}.
     *
     * @return the same at each call
     */
    public RedisWatermarks watermarks() {
        return watermarks;
    }

    /**
     * Which nodes live; this one does.
     *
     * @return the same at each call
     */
    public RedisCluster cluster() {
        return cluster;
    }

    /** Ends this node's lease, and lets go of the connections. */
    @Override
    public void close() {
        closed = true;
        if (begun) {
            cluster.leave();
        }
        broker.close();
        link.close();
        connections.close();
    }

    /** How many messages and signals have come to this node; for tests. */
    long received() {
        return parts.received();
    }

    /** What a killed process does; for tests. */
    void cut() {
        closed = true;
        link.close();
        connections.close();
    }

    private void begin() {
        connections.onBusLost(parts.buses::lost);
        connections.onCommands(up -> {
            link.up(up);
            if (closed) {
                return;
            } else if (up) {
                LOG.info("event=redis_back");
                CompletionStage<?> ignored = loadScripts();
                parts.heartbeat.check();
            } else {
                LOG.warn("event=redis_lost");
            }
        });
        await(
                "the load of its scripts",
                loadScripts()); // On a Cluster, this connects to every shard: until then, what has a key is refused.
        await(
                "what its user may do",
                Rights.check(link, parts.keys, new Ids(link.runtime()), connections.shards() != null));
        await("its first message to itself", parts.open().thenCompose(heard -> parts.heartbeat.probe()));
        await("the beginning of its lease", cluster.begin());
        begun = true;
        parts.heartbeat.alsoAsk(cluster::problem);
        if (!connections.isCluster()) {
            parts.heartbeat.onOtherRun(cluster::doubt);
        }
    }

    /** Completes when each has been loaded, or has not: a script that is not there is sent when it is used. */
    private CompletionStage<?> loadScripts() {
        return CompletableFuture.allOf(Script.all().stream().map(this::load).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> load(Script script) {
        return link.call("load of a script", commands -> commands.scriptLoad(RedisKeys.bytes(script.source())))
                .handle((digest, failure) -> {
                    if (failure != null) {
                        LOG.debug("event=redis_script_not_loaded", LogText.trace(failure));
                    }
                    return digest;
                })
                .toCompletableFuture();
    }

    private <T> T await(String what, CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(2 * link.timeOut().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new ImException(
                    "this Redis cannot be used: " + what + ": "
                            + (cause == null ? e : Failures.cause(cause)).getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new ImException("this Redis cannot be used: " + what + " took longer than " + link.timeOut(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImException("interrupted while connecting to Redis", e);
        }
    }
}
