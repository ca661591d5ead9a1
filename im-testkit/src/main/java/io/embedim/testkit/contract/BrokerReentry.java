package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.conversation.Topic;
import io.embedim.model.ImException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The part of {@link BrokerContract} about the listener, the sign of life and the end: B6 and B8. */
public interface BrokerReentry extends BrokerFactory {

    /** B6: publishing from inside a listener. */
    @Test
    default void publishFromInsideAListenerIsDeliveredBehind() {
        BrokerNode tested = new BrokerNode(newBroker(), (node, event) -> {
            if (event.content().startsWith("ask")) {
                CompletionStage<?> unused = node.broker().publish(node.toGroup("g", "answer to " + event.content()));
            }
        });
        try (BrokerNode node = tested) {
            Topic topic = Topic.of(node.group("g"));
            node.subscribe(topic);
            List<String> expected = new ArrayList<>();

            for (int i = 0; i < 20; i++) {
                node.publish(node.toGroup("g", "ask" + i));
                node.awaitContent("B6: a publish from inside a listener", topic, "answer to ask" + i);
                expected.addAll(List.of("ask" + i, "answer to ask" + i));
            }

            assertThat(node.contents(topic))
                    .as("B6: questions and answers from inside the listener")
                    .isEqualTo(expected);
        }
    }

    /** B6: a chain that is longer than any stack. */
    @Test
    default void listenersThatAnswerEachOtherDoNotOverflowTheStack() {
        BrokerNode tested = new BrokerNode(newBroker(), (node, event) -> {
            int left = Integer.parseInt(event.content());
            if (left > 0) {
                CompletionStage<?> unused =
                        node.broker().publish(node.toGroup(left % 2 == 0 ? "odd" : "even", Integer.toString(left - 1)));
            }
        });
        try (BrokerNode node = tested) {
            node.subscribe(Topic.of(node.group("even")));
            node.subscribe(Topic.of(node.group("odd")));

            node.publish(node.toGroup("even", "10000"));

            assertThat(node.awaitHeard("B6: a chain of 10000 answers", heard -> heard.size() > 10_000))
                    .as("B6: a chain of answers between two topics")
                    .hasSize(10_001);
        }
    }

    /** B6: subscribing and unsubscribing from inside a listener. */
    @Test
    default void subscriptionsChangeFromInsideAListener() {
        ConcurrentLinkedQueue<CompletionStage<Void>> changes = new ConcurrentLinkedQueue<>();
        BrokerNode tested = new BrokerNode(newBroker(), (node, event) -> {
            if (event.content().equals("swap")) {
                changes.add(node.broker().subscribe(Topic.of(node.group("new"))));
                changes.add(node.broker().unsubscribe(event.topic()));
            }
        });
        try (BrokerNode node = tested) {
            Topic old = Topic.of(node.group("old"));
            node.subscribe(old);

            node.publish(node.toGroup("old", "swap"));
            node.awaitContent("B6: the message that changes subscriptions", old, "swap");
            changes.forEach(change -> Stages.await("B6: a change of subscriptions from inside a listener", change));
            node.publish(node.toGroup("old", "missed"));
            node.publish(node.toGroup("new", "heard"));
            node.awaitContent(
                    "B6: the topic subscribed to from inside a listener", Topic.of(node.group("new")), "heard");
            node.subscribe(old);
            node.publish(node.toGroup("old", "again"));
            node.awaitContent("B6: the topic subscribed to again", old, "again");

            assertThat(node.contents(old))
                    .as("B6: the topic left from inside a listener")
                    .containsExactly("swap", "again");
        }
    }

    /** B4: what a listener throws does not stop the topic. */
    @Test
    default void listenerThatThrowsDoesNotStopTheTopic() {
        BrokerNode tested = new BrokerNode(newBroker(), (node, event) -> {
            if (event.content().equals("bad")) {
                throw new ImException("thrown by the test's listener");
            }
        });
        try (BrokerNode node = tested) {
            Topic topic = Topic.of(node.group("g"));
            node.subscribe(topic);

            node.publish(node.toGroup("g", "bad"));
            node.publish(node.toGroup("g", "good"));
            node.awaitContent("B4: a message behind one whose listener threw", topic, "good");

            assertThat(node.contents(topic))
                    .as("B4: around a listener that threw")
                    .containsExactly("bad", "good");
        }
    }

    /** B8. */
    @Test
    default void probeCompletesWhileTheBrokerLivesAndNotAfterwards() {
        BrokerNode node = new BrokerNode(newBroker());

        Stages.call("B8: probe", node.broker()::probe);
        node.close();

        assertThat(Stages.fails(node.broker().probe(), Stages.BRIEFLY))
                .as("B8: probe after close does not complete well")
                .isTrue();
    }

    /** There is one listener. */
    @Test
    default void secondListenerIsRefused() {
        try (BrokerNode node = new BrokerNode(newBroker())) {
            assertThatThrownBy(() -> node.broker().attach((topic, event) -> {}))
                    .as("attach of a second listener")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Closing twice does nothing more. */
    @Test
    default void closeTwiceIsHarmless() {
        BrokerNode node = new BrokerNode(newBroker());

        node.close();
        node.close();
    }
}
