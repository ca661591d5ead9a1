package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.conversation.Draft;
import io.embedim.conversation.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link BrokerContract} about what is delivered, to whom and in which order: B3, B4, B5 and B7. */
public interface BrokerDelivery extends BrokerFactory {

    /** B3: a group, and the message as it was published. */
    @Test
    default void groupMessageIsDeliveredOnceAsItWasPublished() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic topic = Topic.of(node.group("g"));
            node.subscribe(topic);
            Draft draft = node.toGroup("g", "hello");

            node.publish(draft);
            flush(node, topic);

            assertThat(node.contents(topic))
                    .as("B3: deliveries of one group message")
                    .containsExactly("hello", "flush");
            assertThat(node.messages().get(0).draft())
                    .as("B3: the message that was published")
                    .isEqualTo(draft);
        }
    }

    /** B3: a pair. */
    @Test
    default void privateMessageIsDeliveredOnceForEachOfTheTwoUsers() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic from = Topic.of(node.user("a"));
            Topic to = Topic.of(node.user("b"));
            node.subscribe(from);
            node.subscribe(to);

            node.publish(node.toUser("a", "b", "hello"));
            node.publish(node.toUser("a", "b", "flush"));
            node.awaitContent("B3: to the sender's topic", from, "flush");
            node.awaitContent("B3: to the recipient's topic", to, "flush");

            assertThat(node.contents(from))
                    .as("B3: deliveries to the sender's topic")
                    .containsExactly("hello", "flush");
            assertThat(node.contents(to))
                    .as("B3: deliveries to the recipient's topic")
                    .containsExactly("hello", "flush");
        }
    }

    /** B3: one user as a pair. */
    @Test
    default void messageToOneselfIsDeliveredOnce() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic self = Topic.of(node.user("a"));
            node.subscribe(self);

            node.publish(node.toUser("a", "a", "hello"));
            node.publish(node.toUser("a", "a", "flush"));
            node.awaitContent("B3: to oneself", self, "flush");

            assertThat(node.contents(self))
                    .as("B3: deliveries of a message to oneself")
                    .containsExactly("hello", "flush");
        }
    }

    /** B3: topics that nobody here listens to. */
    @Test
    default void messagesToOtherTopicsAreNotDelivered() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic recipient = Topic.of(node.user("b"));
            node.subscribe(recipient);

            node.publish(node.toGroup("b", "to a group of the same name"));
            node.publish(node.toUser("a", "c", "to others"));
            node.publish(node.toUser("a", "b", "flush"));
            node.awaitContent("B3: to the subscribed topic", recipient, "flush");

            assertThat(node.heard())
                    .as("B3: deliveries where one topic is subscribed")
                    .hasSize(1);
        }
    }

    /** B4: one at a time and in one order, more than one burst of them. */
    @Test
    default void eventsOfOneTopicComeOneAtATimeInTheOrderOfTheirNumbers() {
        BrokerNode tested = new BrokerNode(newBroker(), (node, event) -> {
            // Long enough for another thread to be caught inside, too.
            for (int i = 0; i < 1_000; i++) {
                Thread.onSpinWait();
            }
        });
        try (BrokerNode node = tested) {
            Topic topic = Topic.of(node.group("g"));
            node.subscribe(topic);

            Stages.together(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        for (int i = 0; i < 250; i++) {
                            node.publish(node.toGroup("g", thread + "-" + i));
                        }
                        return true;
                    })
                    .toList());
            node.awaitHeard("B4: 1000 messages of 4 threads", heard -> heard.size() >= 1_000);

            assertThat(node.messages())
                    .as("B4: numbers in the order of delivery")
                    .extracting(message -> message.position().seq())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                            .mapToObj(i -> (long) i)
                            .toList());
        }
    }

    /** B4: a user's topic carries several conversations, each in its order. */
    @Test
    default void conversationsOfOneTopicKeepTheirOrders() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic topic = Topic.of(node.user("b"));
            node.subscribe(topic);

            Stages.together(IntStream.range(0, 3)
                    .<Callable<Boolean>>mapToObj(sender -> () -> {
                        for (int i = 0; i < 50; i++) {
                            node.publish(node.toUser("a" + sender, "b", "m"));
                        }
                        return true;
                    })
                    .toList());
            node.awaitHeard("B4: 150 messages of 3 conversations", heard -> heard.size() >= 150);

            for (int sender = 0; sender < 3; sender++) {
                Draft of = node.toUser("a" + sender, "b", "m");
                assertThat(node.messages().stream()
                                .filter(message -> message.draft().equals(of)))
                        .as("B4: numbers of one of several conversations")
                        .extracting(message -> message.position().seq())
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, 50)
                                .mapToObj(i -> (long) i)
                                .toList());
            }
        }
    }

    /** B5: idempotent. */
    @Test
    default void topicSubscribedTwiceDeliversOnceAndEndsAtOnce() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic topic = Topic.of(node.group("g"));
            node.unsubscribe(topic);
            node.subscribe(topic);
            node.subscribe(topic);
            node.publish(node.toGroup("g", "once"));
            node.awaitContent("B5: after two subscriptions", topic, "once");

            node.unsubscribe(topic);
            node.unsubscribe(topic);
            node.publish(node.toGroup("g", "missed"));
            node.subscribe(topic);
            flush(node, topic);

            assertThat(node.contents(topic))
                    .as("B5: subscribed twice, unsubscribed, subscribed again")
                    .containsExactly("once", "flush");
        }
    }

    /** B5: what was published before or between subscriptions is not heard; what comes after is. */
    @Test
    default void onlyWhatIsPublishedWhileSubscribedIsDelivered() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic topic = Topic.of(node.group("g"));
            List<String> expected = new ArrayList<>();

            for (int round = 0; round < 50; round++) {
                node.publish(node.toGroup("g", "outside" + round));
                node.subscribe(topic);
                node.publish(node.toGroup("g", "inside" + round));
                expected.add("inside" + round);
                node.awaitContent("B5: after subscribe", topic, "inside" + round);
                node.unsubscribe(topic);
            }
            node.subscribe(topic);
            flush(node, topic);

            expected.add("flush");
            assertThat(node.contents(topic))
                    .as("B5: subscribed for every second message")
                    .isEqualTo(expected);
        }
    }

    /** B7. */
    @Test
    default void signalKeepsItsPlaceBetweenMessages() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            Topic topic = Topic.of(node.group("g"));
            node.subscribe(topic);
            List<String> expected = new ArrayList<>();

            for (int round = 0; round < 50; round++) {
                node.publish(node.toGroup("g", "m" + round));
                node.signal(node.left("g"));
                expected.addAll(List.of("m" + round, "signal"));
            }
            flush(node, topic);

            expected.add("flush");
            assertThat(node.contents(topic)).as("B7: signals between messages").isEqualTo(expected);
            assertThat(node.heard().get(1).event())
                    .as("B7: the signal that was sent")
                    .isEqualTo(node.left("g"));
        }
    }

    private static void flush(BrokerNode node, Topic topic) {
        node.publish(node.toGroup("g", "flush"));
        node.awaitContent("B5: a message to a subscribed topic", topic, "flush");
    }
}
