package io.embedim.redis;

import io.embedim.conversation.Retention;
import io.embedim.model.ImException;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;

/** Configures a {@link RedisBackend}. For one thread; can be used once. */
public final class RedisBackendBuilder {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    final String uri;
    final ImRuntime runtime;
    String prefix = "im";
    Retention retention = RedisBroker.DEFAULT_RETENTION;
    Duration dedupeWindow = Duration.ofHours(26);
    Duration timeOut = Duration.ofSeconds(4);
    Duration lease = Duration.ofSeconds(9);
    Duration silence = Duration.ofSeconds(30);
    int maxWaiting = 10_000;
    boolean shardedPubSub;

    RedisBackendBuilder(String uri, ImRuntime runtime) {
        this.uri = uri;
        this.runtime = runtime;
    }

    /**
     * How all names in Redis begin; without this, {@code im}. Nodes with the same prefix are one cluster.
     *
     * @param text not empty, without braces and blanks
     * @return this
     */
    public RedisBackendBuilder prefix(String text) {
        if (!text.matches("[^{}\\s]+")) {
            throw new IllegalArgumentException("prefix is '" + text + "'; expected a text without braces and blanks");
        }
        this.prefix = text;
        return this;
    }

    /**
     * How much of each conversation is kept; without this, {@link RedisBroker#DEFAULT_RETENTION}. The same on all nodes.
     *
     * @param bounds the bounds
     * @return this
     */
    public RedisBackendBuilder retention(Retention bounds) {
        this.retention = bounds;
        return this;
    }

    /**
     * For how long a repetition is known as one, at least; without this, 26 hours (protocol S3). The same on all nodes.
     *
     * @param window the span, a second to a year
     * @return this
     */
    public RedisBackendBuilder dedupeWindow(Duration window) {
        this.dedupeWindow = within("dedupeWindow", window, Duration.ofSeconds(1), Duration.ofDays(366));
        return this;
    }

    /**
     * How long a call may take; without this, 4 s. Should be below {@code Limits.backendTime}.
     *
     * @param time the time, 10 ms to a day
     * @return this
     */
    public RedisBackendBuilder timeOut(Duration time) {
        this.timeOut = within("timeOut", time, SHORTEST, LONGEST);
        return this;
    }

    /**
     * How long after its last sign of life a node counts as dead; without this, 9 s. It gives one every third part of it. The same on all nodes.
     *
     * @param time the time, 300 ms to a day; more than the longest pause of a process
     * @return this
     */
    public RedisBackendBuilder lease(Duration time) {
        this.lease = within("lease", time, Duration.ofMillis(300), LONGEST);
        return this;
    }

    /**
     * After how much silence this node doubts that it hears, and sends a message to itself; without this, 30 s.
     *
     * @param time the time, 10 ms to a day
     * @return this
     */
    public RedisBackendBuilder silence(Duration time) {
        this.silence = within("silence", time, SHORTEST, LONGEST);
        return this;
    }

    /**
     * How many calls may wait for Redis; without this, 10,000.
     *
     * @param calls the number, 1 or more
     * @return this
     */
    public RedisBackendBuilder maxWaiting(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("maxWaiting is " + calls + "; expected 1 or more");
        }
        this.maxWaiting = calls;
        return this;
    }

    /**
     * Has what is said in groups heard by way of the Cluster's shards (sharded pub/sub), so that the other shards have no work with it; without this, every shard passes it on to every other. Needs a
     * Redis Cluster of version 7.0 or later, of which each master gets one connection more from each node. The same on all nodes: one that has it otherwise than those that live is refused. To
     * change it, end all nodes and start them anew.
     *
     * @return this
     */
    public RedisBackendBuilder shardedPubSub() {
        this.shardedPubSub = true;
        return this;
    }

    /**
     * Connects, looks whether this Redis can be used, and begins this node's lease. It waits for Redis, so it is for the start of an application, not for a thread of a server.
     *
     * @return the backend
     * @throws ImException if there is no Redis that can be used, with what was expected and what came
     */
    public RedisBackend open() {
        return RedisBackend.open(this);
    }

    private static Duration within(String name, Duration time, Duration least, Duration most) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + time + "; expected " + least + " to " + most);
        }
        return time;
    }
}
