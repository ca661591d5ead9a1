package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link BrokerContract} about places in the log: B1 and B2. */
public interface BrokerLog extends BrokerFactory {

    /** B1. */
    @Test
    default void messagesAreNumberedFromOneWithoutHoles() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            node.subscribe(Topic.of(node.group("g")));

            List<Position> receipts = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                receipts.add(node.publish(node.toGroup("g", "m" + i)).position());
            }
            node.awaitHeard("B2: 10 published messages", heard -> heard.size() >= 10);

            assertChain(node.messages());
            assertThat(node.messages())
                    .as("B2: a receipt says where the message stands")
                    .extracting(Message::position)
                    .isEqualTo(receipts);
        }
    }

    /** B1: under several publishers at once. */
    @Test
    default void messagesOfSeveralThreadsAreNumberedWithoutHoles() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            node.subscribe(Topic.of(node.group("g")));

            List<List<Long>> numbers = Stages.together(IntStream.range(0, 4)
                    .<Callable<List<Long>>>mapToObj(thread -> () -> IntStream.range(0, 100)
                            .mapToObj(i -> node.publish(node.toGroup("g", thread + "-" + i))
                                    .position()
                                    .seq())
                            .toList())
                    .toList());
            node.awaitHeard("B2: 400 messages of 4 threads", heard -> heard.size() >= 400);

            assertThat(numbers)
                    .allSatisfy(ofThread -> assertThat(ofThread)
                            .as("B1: numbers that one thread got, one after the other")
                            .isSortedAccordingTo(Comparator.naturalOrder()));
            assertChain(node.messages());
        }
    }

    /** B1: every conversation has its own numbers, and no two messages a mid. */
    @Test
    default void conversationsAreNumberedApartAndMidsNeverRepeat() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            List<Position> positions = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                positions.add(node.publish(node.toGroup("g1", "same")).position());
                positions.add(node.publish(node.toGroup("g2", "same")).position());
                positions.add(node.publish(node.toUser("a", "b", "same")).position());
            }

            assertThat(positions)
                    .as("B1: numbers of three conversations in turn")
                    .extracting(Position::seq)
                    .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 3L, 3L, 3L, 4L, 4L, 4L, 5L, 5L, 5L);
            assertThat(positions)
                    .as("B1: mids")
                    .extracting(Position::mid)
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
        }
    }

    /** B1: a pair is one conversation, whoever writes. */
    @Test
    default void bothSidesOfAPairWriteInOneConversation() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Receipt there = node.publish(node.toUser("a", "b", "there"));
            Receipt back = node.publish(node.toUser("b", "a", "back"));

            assertThat(back.position().epoch())
                    .as("B1: epoch of a pair's two sides")
                    .isEqualTo(there.position().epoch());
            assertThat(back.position().seq()).as("B1: number of the answer").isEqualTo(2);
        }
    }

    /** B2: nothing is heard of a publish that failed. */
    @Test
    default void publishAfterCloseFails() {
        BrokerNode node = new BrokerNode(newBroker());
        node.subscribe(Topic.of(node.group("g")));
        node.close();

        boolean failed;
        try {
            failed = Stages.fails(node.broker().publish(node.toGroup("g", "late")), Stages.BRIEFLY);
        } catch (RuntimeException e) {
            throw new AssertionError("publish after close: the call threw " + e + "; expected a stage that fails", e);
        }

        assertThat(failed).as("B2: publish after close fails").isTrue();
        assertThat(node.heard()).as("B2: what failed is not delivered").isEmpty();
    }

    private static void assertChain(List<Message> messages) {
        String prev = "";
        String epoch = messages.get(0).position().epoch();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            assertThat(message.position().epoch())
                    .as("B1: epoch of message %s", i + 1)
                    .isEqualTo(epoch);
            assertThat(message.position().seq())
                    .as("B1, B4: seq of the message delivered as number %s", i + 1)
                    .isEqualTo(i + 1);
            assertThat(message.prev())
                    .as("B1: prev of message %s is the mid of the one before", i + 1)
                    .isEqualTo(prev);
            prev = message.position().mid();
        }
        assertThat(messages)
                .as("B1: mids")
                .extracting(message -> message.position().mid())
                .doesNotHaveDuplicates();
    }
}
