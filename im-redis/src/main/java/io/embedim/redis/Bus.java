package io.embedim.redis;

import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection by which this node hears, and which channels it hears by it. When that connection is lost or found dead, or the channels are heard elsewhere by now, another one takes its place, and
 * hears the same channels.
 *
 * <p>Subscriptions that gather while others go out are sent together, up to {@value #BATCH} in a command.
 */
final class Bus {

    static final int BATCH = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Who hears. Called by the client's thread, in the order of the connection; must be quick and must not block. */
    interface Ears {
        void heard(String channel, byte[] message);

        /** What is heard on this channel from here on was published after the subscription; said again after a break. */
        void subscribed(String channel);
    }

    private record Step(boolean subscribe, String channel) {}

    private final Line line;
    private final String own;
    private final ImRuntime runtime;
    private final Ears ears;
    private final Map<String, CompletableFuture<Void>> wanted = new LinkedHashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> connection;
    private Duration pause = FIRST_PAUSE;
    private boolean flushing;
    private boolean closed;
    private long waitsSince;
    private volatile long lastHeard;

    /**
     * Without a connection yet.
     *
     * @param own the channel of which nobody else hears
     */
    Bus(Line line, String own, ImRuntime runtime, Ears ears) {
        this.line = line;
        this.own = own;
        this.runtime = runtime;
        this.ears = ears;
        this.lastHeard = runtime.nanoTime();
    }

    /** Completes when there is a connection, on which the own channel is heard. */
    CompletionStage<Void> open() {
        return line.connect(this)
                .thenCompose(fresh -> {
                    use(fresh);
                    return mayUnsubscribe(fresh);
                })
                .thenCompose(may -> subscribe(own));
    }

    /** Asked for a channel that is not heard yet, so that a right that is missing is found at the start. */
    private CompletionStage<?> mayUnsubscribe(StatefulRedisPubSubConnection<byte[], byte[]> fresh) {
        return line.unsubscribe(fresh, new byte[][] {RedisKeys.bytes(own)}).exceptionally(failure -> {
            throw new ImException(
                    "the end of a subscription was not made: " + Failures.why(Failures.cause(failure)), failure);
        });
    }

    String own() {
        return own;
    }

    /** Publishes to the own channel. */
    Link.Call<Long> toItself(byte[] message) {
        return line.publish(RedisKeys.bytes(own), message);
    }

    /** Completes when the channel is heard; the same while it is. Fails where there is no connection. */
    CompletionStage<Void> subscribe(String channel) {
        CompletableFuture<Void> heard;
        synchronized (this) {
            CompletableFuture<Void> before = wanted.get(channel);
            if (before != null) {
                return before;
            } else if (connection == null) {
                return CompletableFuture.failedFuture(new ImException(
                        "subscription was not made: expected a connection that hears Redis; there is none"));
            }
            heard = new CompletableFuture<>();
            wanted.put(channel, heard);
            if (unconfirmed.isEmpty()) {
                waitsSince = runtime.nanoTime();
            }
            unconfirmed.add(channel);
            steps.add(new Step(true, channel));
        }
        flushSoon();
        return heard;
    }

    /** It may be heard for a moment more. */
    void unsubscribe(String channel) {
        CompletableFuture<Void> before;
        synchronized (this) {
            before = wanted.remove(channel);
            if (before == null) {
                return;
            }
            unconfirmed.remove(channel);
            steps.add(new Step(false, channel));
        }
        before.completeExceptionally(new ImException("the subscription was taken back"));
        flushSoon();
    }

    /** Why what is published now might not be heard, or null. */
    synchronized @Nullable String trouble() {
        if (connection == null) {
            return "expected a connection that hears Redis; there is none";
        }
        return unconfirmed.isEmpty() && steps.isEmpty() ? null : "subscriptions are under way";
    }

    /** Whether no subscription was confirmed for so long, while some wait for it. */
    synchronized boolean waitsFor(Duration time) {
        return connection != null && !unconfirmed.isEmpty() && runtime.nanoTime() - waitsSince > time.toNanos();
    }

    /** When something last came, as {@link ImRuntime#nanoTime}. */
    long lastHeard() {
        return lastHeard;
    }

    /** The connection there is now, to be named in {@link #replace}; null where there is none. */
    synchronized @Nullable Object current() {
        return connection;
    }

    /** The client has lost this connection. */
    void lost(Object which) {
        replace(which, "the connection was lost");
    }

    /** Gives up this connection, if it is the one there is, and takes another one. */
    void replace(@Nullable Object which, String why) {
        StatefulRedisPubSubConnection<byte[], byte[]> old;
        List<CompletableFuture<Void>> given = new ArrayList<>();
        synchronized (this) {
            old = connection;
            if (old == null || which != old || closed) {
                return;
            }
            connection = null;
            steps.clear();
            // Who waits for a first confirmation hears that there is none; what was heard before is wanted again.
            for (String channel : unconfirmed) {
                CompletableFuture<Void> heard = wanted.get(channel);
                if (heard != null && !heard.isDone()) {
                    wanted.remove(channel);
                    given.add(heard);
                }
            }
            unconfirmed.clear();
        }
        line.giveUp(old, why);
        given.forEach(heard -> heard.completeExceptionally(
                new ImException("subscription has an unknown outcome: the connection that hears Redis was lost")));
        runtime.executor().execute(this::reconnect);
    }

    /** What is heard by this bus is heard elsewhere now. The connection stays, for others; who waits for a first confirmation gets it from the next one. */
    private void moved(Object which, String why) {
        synchronized (this) {
            if (connection == null || which != connection || closed) {
                return;
            }
            connection = null;
            steps.clear();
            unconfirmed.clear();
        }
        LOG.info("event=redis_slot_moved channel={} cause={}", LogText.line(own), LogText.line(why));
        // Not at once: who is asked where the slot lies may not know yet.
        reconnectLater();
    }

    void close() {
        StatefulRedisPubSubConnection<byte[], byte[]> old;
        synchronized (this) {
            closed = true;
            old = connection;
            connection = null;
            wanted.clear();
            unconfirmed.clear();
            steps.clear();
        }
        if (old != null) {
            CompletionStage<?> ignored = old.closeAsync();
        }
    }

    private void reconnect() {
        synchronized (this) {
            if (closed || connection != null) {
                return;
            }
        }
        CompletionStage<?> ignored = line.connect(this).whenComplete((fresh, failure) -> {
            if (failure == null) {
                use(fresh);
                line.back();
            } else {
                LOG.debug("event=redis_bus_not_back cause={}", LogText.line(failure));
                reconnectLater();
            }
        });
    }

    private void reconnectLater() {
        try {
            runtime.schedule(() -> runtime.executor().execute(this::reconnect), nextPause());
        } catch (RejectedExecutionException e) {
            LOG.debug("event=redis_bus_given_up", LogText.trace(e));
        }
    }

    private synchronized Duration nextPause() {
        Duration now = pause;
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        return now;
    }

    private void use(StatefulRedisPubSubConnection<byte[], byte[]> fresh) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                connection = fresh;
                flushing = false; // What was under way was for the one before.
                lastHeard = runtime.nanoTime();
                waitsSince = lastHeard;
                steps.clear();
                wanted.keySet().forEach(channel -> {
                    unconfirmed.add(channel);
                    steps.add(new Step(true, channel));
                });
            }
        }
        if (late) {
            CompletionStage<?> ignored = fresh.closeAsync();
        } else if (!fresh.isOpen()) {
            lost(fresh); // Before anybody could have said so.
        } else {
            flushSoon();
        }
    }

    /** Something came on a channel. Here and in the next two: for the client's thread. */
    void heard(String channel, byte[] message) {
        lastHeard = runtime.nanoTime();
        ears.heard(channel, message);
    }

    /** Redis has ended a subscription: as it was asked to, or because the slot has gone elsewhere. */
    void dropped(Object which, String channel) {
        synchronized (this) {
            if (!wanted.containsKey(channel) || unconfirmed.contains(channel)) {
                return;
            }
        }
        moved(which, "Redis has ended the subscriptions of this slot");
    }

    void confirmed(Object which, String channel) {
        CompletableFuture<Void> heard;
        synchronized (this) {
            if (which != connection || !unconfirmed.remove(channel)) {
                return;
            }
            waitsSince = runtime.nanoTime();
            pause = FIRST_PAUSE;
            heard = wanted.get(channel);
        }
        ears.subscribed(channel);
        if (heard != null) {
            heard.complete(null);
        }
    }

    /** Redis has said no; who waits hears it. */
    private void refused(byte[][] channels, Throwable why) {
        List<CompletableFuture<Void>> given = new ArrayList<>();
        synchronized (this) {
            for (byte[] channel : channels) {
                String name = new String(channel, StandardCharsets.UTF_8);
                CompletableFuture<Void> heard = wanted.get(name);
                if (heard != null && !heard.isDone() && unconfirmed.remove(name)) {
                    wanted.remove(name);
                    given.add(heard);
                }
            }
        }
        given.forEach(heard ->
                heard.completeExceptionally(new ImException("subscription was not made: " + Failures.why(why), why)));
    }

    private void flushSoon() {
        StatefulRedisPubSubConnection<byte[], byte[]> current;
        synchronized (this) {
            current = connection;
            if (flushing || steps.isEmpty() || current == null) {
                return;
            }
            flushing = true;
        }
        runtime.executor().execute(() -> flush(current));
    }

    /** Sends what has gathered, in its order; what comes before that is answered goes out together behind it. One command at a time for each connection. */
    private void flush(StatefulRedisPubSubConnection<byte[], byte[]> current) {
        List<byte[]> channels = new ArrayList<>();
        boolean subscribe;
        synchronized (this) {
            if (current != connection) {
                return; // The next one has its own turn.
            }
            Step first = steps.peek();
            if (first == null) {
                flushing = false;
                return;
            }
            subscribe = first.subscribe;
            for (Step next = first;
                    next != null && next.subscribe == subscribe && channels.size() < BATCH;
                    next = steps.peek()) {
                channels.add(RedisKeys.bytes(next.channel));
                steps.poll();
            }
        }
        byte[][] batch = channels.toArray(new byte[0][]);
        CompletionStage<?> sent = subscribe ? line.subscribe(current, batch) : line.unsubscribe(current, batch);
        CompletionStage<?> ignored = sent.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("event=redis_subscribe_failed", LogText.trace(failure));
                Throwable cause = Failures.cause(failure);
                if (subscribe && Failures.isElsewhere(cause)) {
                    moved(current, String.valueOf(cause.getMessage()));
                } else if (subscribe && Failures.isRefusal(cause)) {
                    refused(batch, cause);
                }
            }
            runtime.executor().execute(() -> flush(current));
        });
    }
}
