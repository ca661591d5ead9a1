package io.embedim.redis;

import io.embedim.model.ImException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All by which this node hears: a bus for what is published to everybody, and, where groups' topics are heard by shards, one for each slot that such a topic may lie in. A slot's bus finds the
 * connection to its master, and another one when the slot has gone elsewhere.
 */
final class Buses {

    private final Bus plain;
    private final Map<String, Bus> byTag = new LinkedHashMap<>();
    private final List<Bus> all = new ArrayList<>();
    private final RedisKeys keys;

    /**
     * Without any connection yet.
     *
     * @param broker the name of this node's own channels
     */
    Buses(Connections connections, Link link, RedisKeys keys, String broker, Bus.Ears ears) {
        this.keys = keys;
        this.plain = new Bus(new OneLine(connections), keys.ownChannel(broker), link.runtime(), ears);
        all.add(plain);
        ShardLines shards = connections.shards();
        if (shards != null) {
            for (String tag : keys.tags()) {
                Line line = shards.of(Partitions.slot(tag));
                Bus bus = new Bus(line, keys.ownChannel(tag, broker), link.runtime(), ears);
                byTag.put(tag, bus);
                all.add(bus);
            }
            shards.serve(this::of, this::lost);
        }
    }

    /** Completes when each has a connection, and hears its own channel. */
    CompletionStage<Void> open() {
        return CompletableFuture.allOf(
                all.stream().map(bus -> bus.open().toCompletableFuture()).toArray(CompletableFuture[]::new));
    }

    CompletionStage<Void> subscribe(String channel) {
        Bus bus = of(channel);
        return bus == null
                ? CompletableFuture.failedFuture(new ImException("channel '" + channel + "' is of no shard"))
                : bus.subscribe(channel);
    }

    void unsubscribe(String channel) {
        Bus bus = of(channel);
        if (bus != null) {
            bus.unsubscribe(channel);
        }
    }

    List<Bus> all() {
        return all;
    }

    /** The channel of which nobody but this node hears, so that what comes there is for the node itself. */
    boolean isOwn(String channel) {
        Bus bus = of(channel);
        return bus != null && bus.own().equals(channel);
    }

    /** Why what is published now might not be heard, or null. */
    @Nullable
    String trouble() {
        for (Bus bus : all) {
            String trouble = bus.trouble();
            if (trouble != null) {
                return trouble;
            }
        }
        return null;
    }

    /** The client has lost this connection. */
    void lost(Object connection) {
        all.forEach(bus -> bus.lost(connection));
    }

    void close() {
        all.forEach(Bus::close);
    }

    private @Nullable Bus of(String channel) {
        String tag = keys.tag(channel);
        return tag == null ? plain : byTag.get(tag);
    }
}
