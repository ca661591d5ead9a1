package io.embedim.redis;

import io.embedim.conversation.LocalTopics;
import io.embedim.model.LogText;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a broker is made of, put together. */
final class RedisParts {

    private static final Logger LOG = LoggerFactory.getLogger(RedisParts.class);

    final Link link;
    final RedisKeys keys;
    final Appends appends;
    final LogReads reads;
    final UnreadReads unread;
    final LocalTopics topics;
    final Listening listening;
    final NodeCommands commands;
    final Heartbeat heartbeat;
    final Repairs repairs;
    final Buses buses;
    final Duration dedupeWindow;
    final boolean cluster;
    private final Pings pings;
    private final Lanes lanes;
    private final LongAdder received = new LongAdder();

    RedisParts(RedisBackendBuilder from, Link link, Connections connections, RedisKeys keys, Ids ids) {
        this.link = link;
        this.keys = keys;
        this.dedupeWindow = from.dedupeWindow;
        this.cluster = connections.isCluster();
        this.appends = new Appends(link, keys, ids, from.retention, from.dedupeWindow);
        this.reads = new LogReads(link, keys);
        this.unread = new UnreadReads(link, keys, LogReads.MOST_ENTRIES);
        this.topics = new LocalTopics(from.runtime.executor());
        this.lanes = new Lanes(from.runtime.executor());
        this.repairs = new Repairs(reads, from.runtime);
        String broker = ids.epoch();
        this.buses = new Buses(connections, link, keys, broker, new Ears());
        this.listening = new Listening(keys, buses, lanes, topics, reads, repairs);
        this.commands = new NodeCommands(link, buses, lanes, keys, keys.ownChannel(broker), !cluster);
        this.pings = new Pings(link, ids);
        this.heartbeat = new Heartbeat(link, buses, repairs, pings, from.silence, listening::compareTops);
    }

    /** Listens to the own channels, so that a probe can be answered. Completes when that is so. */
    CompletionStage<Void> open() {
        return buses.open().thenRun(heartbeat::start);
    }

    long received() {
        return received.sum();
    }

    private final class Ears implements Bus.Ears {
        @Override
        public void heard(String channel, byte[] message) {
            if (buses.isOwn(channel)) {
                lanes.of(channel).execute(() -> heardOwn(message));
            } else {
                received.increment();
                listening.heard(channel, message);
                commands.heard(channel, message);
            }
        }

        @Override
        public void subscribed(String channel) {
            listening.subscribed(channel);
        }
    }

    private void heardOwn(byte[] message) {
        try {
            ByteReader in = new ByteReader(message, 0);
            char kind = Wire.kind(in);
            if (kind == Wire.REPLY) {
                commands.replied(in);
            } else if (kind == Wire.PING) {
                pings.pinged(in.word());
            }
        } catch (RuntimeException e) {
            LOG.warn("event=redis_frame_not_read channel=own", LogText.trace(e));
        }
    }
}
