package io.embedim.redis;

import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which hash tag a conversation's keys have, so that all keys of one script lie in one slot of a Redis Cluster. There are {@value #COUNT} tags, whose slots lie evenly over all
 * {@value SlotHash#SLOT_COUNT}: each shard of a cluster gets as many of them as another.
 */
final class Partitions {

    /** Never to be changed: keys would be looked for elsewhere. */
    static final int COUNT = 128;

    private static final int WIDTH = SlotHash.SLOT_COUNT / COUNT;

    private final String[] tags = new String[COUNT];

    Partitions() {
        for (int i = 0; i < COUNT; i++) {
            tags[i] = tag(i);
        }
    }

    /** The tag of whatever has this name, braces included. */
    String of(String name) {
        return tags[SlotHash.getSlot(name.getBytes(StandardCharsets.UTF_8)) / WIDTH];
    }

    /** All there are, in the order of their slots. */
    List<String> tags() {
        return List.of(tags);
    }

    /** Where everything with this tag lies. */
    static int slot(String tag) {
        return SlotHash.getSlot(tag);
    }

    private static String tag(int partition) {
        for (int i = 0; ; i++) {
            String tag = Integer.toString(i, Character.MAX_RADIX);
            if (SlotHash.getSlot(tag) / WIDTH == partition) {
                return "{" + tag + "}";
            }
        }
    }
}
