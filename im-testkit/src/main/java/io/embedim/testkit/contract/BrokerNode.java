package io.embedim.testkit.contract;

import io.embedim.conversation.Broker;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A broker under test with a listener that keeps what it hears, calls that wait, and ids that nobody else uses. */
final class BrokerNode implements AutoCloseable {

    /** An event and the topic that it came by. */
    record Heard(Topic topic, TopicEvent event) {

        String content() {
            return event instanceof Message message ? message.draft().content() : "signal";
        }
    }

    private final Broker broker;
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final List<Heard> heard = new ArrayList<>();
    private final Map<Topic, Integer> inside = new HashMap<>();
    private boolean overlapped;

    BrokerNode(Broker broker) {
        this(broker, (node, event) -> {});
    }

    BrokerNode(Broker broker, BiConsumer<BrokerNode, Heard> alsoDo) {
        this.broker = broker;
        broker.attach((topic, event) -> hear(new Heard(topic, event), alsoDo));
    }

    Broker broker() {
        return broker;
    }

    GroupId group(String name) {
        return new GroupId(name + "-" + unique);
    }

    UserId user(String name) {
        return new UserId(name + "-" + unique);
    }

    Draft toGroup(String group, String content) {
        return new Draft(
                ConversationId.of(group(group)),
                new ConnectionId("c1"),
                user("sender"),
                "阿克苏 😀",
                false,
                null,
                content,
                "{\"content\":\"" + content + "\",\"more\":[1,2.50,null]}");
    }

    Draft toUser(String from, String to, String content) {
        return new Draft(
                ConversationId.between(user(from), user(to)),
                new ConnectionId("c1"),
                user(from),
                "name",
                true,
                user(to),
                content,
                "{\"content\":\"" + content + "\"}");
    }

    Signal.Left left(String group) {
        return new Signal.Left(
                Topic.of(group(group)),
                new ConnectionId("c1"),
                group(group),
                true,
                new Sender(user("sender"), false, "name", false, null));
    }

    Receipt publish(Draft draft) {
        return Stages.call("publish of " + draft, () -> broker.publish(draft));
    }

    void signal(Signal signal) {
        Stages.call("signal " + signal.topic(), () -> broker.signal(signal));
    }

    void subscribe(Topic topic) {
        Stages.call("subscribe to " + topic, () -> broker.subscribe(topic));
    }

    void unsubscribe(Topic topic) {
        Stages.call("unsubscribe from " + topic, () -> broker.unsubscribe(topic));
    }

    List<Heard> heard() {
        synchronized (heard) {
            if (overlapped) {
                throw new AssertionError("B4: two events of one topic were delivered at the same time");
            }
            return List.copyOf(heard);
        }
    }

    List<Message> messages() {
        return heard().stream()
                .filter(event -> event.event() instanceof Message)
                .map(event -> (Message) event.event())
                .toList();
    }

    List<String> contents(Topic topic) {
        return heard().stream()
                .filter(event -> event.topic().equals(topic))
                .map(Heard::content)
                .toList();
    }

    /** Waits until something has been heard, then answers all that has been. */
    List<Heard> awaitHeard(String what, Predicate<List<Heard>> enough) {
        long deadline = System.nanoTime() + Stages.PATIENCE.toNanos();
        synchronized (heard) {
            try {
                while (!enough.test(heard)) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0) {
                        throw new AssertionError(what + ": not delivered within " + Stages.PATIENCE + "; delivered: "
                                + heard.stream().map(Heard::content).toList());
                    }
                    heard.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(what + ": interrupted while waiting", e);
            }
        }
        return heard();
    }

    void awaitContent(String what, Topic topic, String content) {
        awaitHeard(
                what,
                all -> all.stream()
                        .anyMatch(event ->
                                event.topic().equals(topic) && event.content().equals(content)));
    }

    @Override
    public void close() {
        broker.close();
    }

    private void hear(Heard event, BiConsumer<BrokerNode, Heard> alsoDo) {
        synchronized (heard) {
            if (inside.merge(event.topic(), 1, Integer::sum) > 1) {
                overlapped = true;
            }
        }
        try {
            alsoDo.accept(this, event);
        } finally {
            synchronized (heard) {
                inside.merge(event.topic(), -1, Integer::sum);
                heard.add(event);
                heard.notifyAll();
            }
        }
    }
}
