package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Topic;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The names in Redis. Nodes of other versions use them: a test that fails here says that the format has changed. */
class RedisKeysTest {

    private final RedisKeys keys = new RedisKeys("im");

    @Test
    void keysOfAGroupsLogHaveTheseNames() {
        RedisKeys.OfLog log = keys.log(ConversationId.of(new GroupId("100")));

        assertThat(Arrays.stream(log.all()).map(RedisKeysTest::text))
                .containsExactly(
                        "im:{1j}:meta:g:100",
                        "im:{1j}:log:g:100",
                        "im:{1j}:over:g:100",
                        "im:{1j}:member:g:100",
                        "im:{1j}:id:g:100",
                        "im:{1j}:gone:g:100");
    }

    @Test
    void pairsAreApartWhateverTheirNamesAre() {
        UserId one = new UserId("a:b");

        assertThat(text(keys.log(ConversationId.between(one, new UserId("c"))).meta()))
                .endsWith(":meta:p:3:a:b:c");
        assertThat(text(keys.log(ConversationId.between(new UserId("a"), new UserId("b:c")))
                        .meta()))
                .endsWith(":meta:p:1:a:b:c");
    }

    @Test
    void marksLieWithTheirLogAndListsWithTheirUser() {
        byte[] marks = keys.marks(ConversationId.of(new GroupId("100")));
        byte[][] list = keys.directory(new UserId("7 }"));

        assertThat(text(marks)).isEqualTo("im:{1j}:mark:g:100");
        assertThat(Arrays.stream(list).map(RedisKeysTest::text))
                .containsExactly("im:{6e}:list:u:7 }", "im:{6e}:listed:u:7 }", "im:{6e}:left:u:7 }");
        assertThat(Arrays.stream(list).map(SlotHash::getSlot).distinct()).hasSize(1);
    }

    @Test
    void otherKeysAndChannelsHaveTheseNames() {
        assertThat(text(keys.sessions())).isEqualTo("im:{s}:");
        assertThat(text(keys.nodes())).isEqualTo("im:{s}:nodes");
        assertThat(text(keys.memberships())).isEqualTo("im:{m}:");
        assertThat(text(keys.bans())).isEqualTo("im:{b}:");
        assertThat(keys.channel(Topic.of(new UserId("7")))).isEqualTo("im:t:u:7");
        assertThat(keys.channel(Topic.of(new GroupId("7")))).isEqualTo("im:t:g:7");
        assertThat(keys.channel(new NodeId("n1"))).isEqualTo("im:node:n1");
        assertThat(keys.ownChannel("b1")).isEqualTo("im:own:b1");
    }

    @Test
    void channelsThatAreHeardByShardLieWithTheirLog() {
        RedisKeys sharded = new RedisKeys("im", true);

        assertThat(sharded.channel(Topic.of(new GroupId("100")))).isEqualTo("im:{1j}:t:g:100");
        assertThat(sharded.channel(Topic.of(new UserId("7")))).isEqualTo("im:t:u:7");
        assertThat(sharded.ownChannel("{1j}", "b1")).isEqualTo("im:{1j}:own:b1");
        assertThat(sharded.tags()).hasSize(Partitions.COUNT).doesNotHaveDuplicates();
        for (int i = 0; i < 1_000; i++) {
            GroupId group = new GroupId("group {" + i + "}");
            String channel = sharded.channel(Topic.of(group));

            assertThat(SlotHash.getSlot(channel))
                    .as("slot of %s", channel)
                    .isEqualTo(SlotHash.getSlot(
                            sharded.log(ConversationId.of(group)).meta()))
                    .isEqualTo(Partitions.slot(String.valueOf(sharded.tag(channel))));
            assertThat(sharded.tags()).contains(String.valueOf(sharded.tag(channel)));
        }
        assertThat(sharded.tag("im:t:u:{a}")).isNull();
    }

    @Test
    void keysOfOneLogLieInOneSlot() {
        for (int i = 0; i < 1_000; i++) {
            RedisKeys.OfLog log = keys.log(ConversationId.of(new GroupId("group {" + i + "}")));
            Set<Integer> slots = new HashSet<>();
            for (byte[] key : log.all()) {
                slots.add(SlotHash.getSlot(key));
            }

            assertThat(slots).as("slots of group %s", i).hasSize(1);
        }
    }

    @Test
    void partitionsLieEvenlyInTheSlots() {
        Partitions partitions = new Partitions();
        TreeMap<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            String tag = partitions.of("g:" + i);
            found.merge(SlotHash.getSlot(tag) / (SlotHash.SLOT_COUNT / Partitions.COUNT), 1, Integer::sum);
        }

        assertThat(found).as("one tag in each stretch of slots").hasSize(Partitions.COUNT);
        assertThat(found.values())
                .as("conversations of each")
                .allSatisfy(count -> assertThat(count).isBetween(80, 250));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
