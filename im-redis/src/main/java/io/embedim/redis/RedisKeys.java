package io.embedim.redis;

import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Topic;
import io.embedim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All names in Redis, of keys and of channels. Each begins with the prefix of the installation; what is between braces says which slot of a Redis Cluster it lies in. Other versions of this
 * module read them, so a name that is changed is a new format.
 */
final class RedisKeys {

    private static final String SESSIONS = "{s}:";
    private static final String MEMBERS = "{m}:";
    private static final String BANS = "{b}:";

    private final String prefix;
    private final boolean shards;
    private final Partitions partitions = new Partitions();

    /** With all topics heard everywhere. */
    RedisKeys(String prefix) {
        this(prefix, false);
    }

    /**
     * All names of an installation.
     *
     * @param shards whether groups' topics are heard by shards, and so have channels in the slots of their logs
     */
    RedisKeys(String prefix, boolean shards) {
        this.prefix = prefix + ":";
        this.shards = shards;
    }

    /** Of one conversation; all in one slot. In the order in which scripts take them. */
    static final class OfLog {

        private final byte[][] keys;

        private OfLog(byte[]... keys) {
            this.keys = keys;
        }

        byte[][] all() {
            return keys;
        }

        byte[] meta() {
            return keys[0];
        }

        byte[] entries() {
            return keys[1];
        }

        byte[] overlays() {
            return keys[2];
        }

        /** The beginning of the names of several. */
        byte[] ids() {
            return keys[4];
        }
    }

    /** A hash, a stream, a hash, a hash; the beginning of a hash for each epoch and part of the window; a sorted set. */
    OfLog log(ConversationId conversation) {
        String name = conversation.toString();
        String log = prefix + partitions.of(name) + ":";
        return new OfLog(
                bytes(log + "meta:" + name),
                bytes(log + "log:" + name),
                bytes(log + "over:" + name),
                bytes(log + "member:" + name),
                bytes(log + "id:" + name),
                bytes(log + "gone:" + name));
    }

    /** How far users are in a conversation, a hash; in the slot of its log. */
    byte[] marks(ConversationId conversation) {
        String name = conversation.toString();
        return bytes(prefix + partitions.of(name) + ":mark:" + name);
    }

    /** A user's list of conversations: a hash, a sorted set and a set, all in one slot; in the order in which the script takes them. */
    byte[][] directory(UserId user) {
        String name = Topic.of(user).name();
        String list = prefix + partitions.of(name) + ":";
        return new byte[][] {bytes(list + "list:" + name), bytes(list + "listed:" + name), bytes(list + "left:" + name)
        };
    }

    /** Sessions and leases; each name behind it is in one slot. */
    byte[] sessions() {
        return bytes(prefix + SESSIONS);
    }

    /** A sorted set of node ids by when their leases end. */
    byte[] nodes() {
        return bytes(prefix + SESSIONS + "nodes");
    }

    /** Of nothing; to try what may be done. */
    byte[] rights(String own) {
        return bytes(prefix + SESSIONS + "rights:" + own);
    }

    /** How all names begin. */
    String prefix() {
        return prefix;
    }

    byte[] memberships() {
        return bytes(prefix + MEMBERS);
    }

    byte[] bans() {
        return bytes(prefix + BANS);
    }

    /** The channel of a user's or a group's topic. One that is heard by its shard lies in the slot of the group's log. */
    String channel(Topic topic) {
        return isByShard(topic)
                ? prefix + partitions.of(topic.name()) + ":t:" + topic.name()
                : prefix + "t:" + topic.name();
    }

    /** Whether what is published to this topic is heard by its shard alone. A user's is not: what is for it comes from the logs of many pairs, in many slots. */
    boolean isByShard(Topic topic) {
        return shards && topic instanceof Topic.OfGroup;
    }

    /** The tag of a channel that is heard by its shard, or null for one that is heard everywhere. */
    @Nullable
    String tag(String channel) {
        int from = prefix.length();
        if (!channel.startsWith("{", from)) {
            return null;
        }
        return channel.substring(from, channel.indexOf('}') + 1);
    }

    /** All tags of such channels. */
    List<String> tags() {
        return partitions.tags();
    }

    /** The channel for commands to a node. */
    String channel(NodeId node) {
        return prefix + "node:" + node.value();
    }

    /** The channel of one broker, for replies and its own signs of life. */
    String ownChannel(String broker) {
        return prefix + "own:" + broker;
    }

    /** The same for what is heard by a shard: in the slot of this tag. */
    String ownChannel(String tag, String broker) {
        return prefix + tag + ":own:" + broker;
    }

    /** In the slot of what {@link #rights} names. */
    String rightsChannel(String own) {
        return prefix + SESSIONS + "own:" + own;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
