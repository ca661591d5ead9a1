package io.embedim.testkit.simulation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogReplaced;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicListener;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One process's way to a {@link LaggingLog}. It compares tops some time after a replica was promoted, as a broker does that finds what was lost without anything behind it. */
final class LaggingNode implements LogBroker {

    private static final int LONGEST_UNTIL_COMPARED = 4_000;

    private final LaggingLog log;
    private final ImRuntime process;
    private final Set<Topic> topics = new LinkedHashSet<>();
    private final Map<NodeId, CommandHandler> served = new LinkedHashMap<>();
    private @Nullable TopicListener listener;
    private LaggingLog.Store store;
    private InMemoryBroker broker;

    LaggingNode(LaggingLog log, ImRuntime process) {
        this.log = log;
        this.process = process;
        store = log.store();
        broker = store.broker().nextNode(process);
    }

    /** From here on it stands on another store. */
    void move() {
        broker.close();
        store = log.store();
        broker = store.broker().nextNode(process);
        served.forEach(broker::serve);
        if (listener != null) {
            listen(listener);
        }
        topics.forEach(broker::subscribe);
        process.schedule(this::compareTops, Duration.ofMillis(process.random().nextInt(LONGEST_UNTIL_COMPARED)));
    }

    private void compareTops() {
        for (ConversationId conversation : log.conversations()) {
            CompletionStage<?> ignored = read(Reading.last(conversation, 1))
                    .thenAccept(slice -> LocalTopics.audience(conversation)
                            .forEach(topic -> tell(topic, new LogReplaced(conversation, slice.top()))));
        }
    }

    private void tell(Topic topic, LogReplaced replaced) {
        if (listener != null && topics.contains(topic)) {
            listener.onEvent(topic, replaced);
        }
    }

    @Override
    public void attach(TopicListener nodeListener) {
        listener = nodeListener;
        listen(nodeListener);
    }

    private void listen(TopicListener nodeListener) {
        ReplicaNames names = store.names();
        broker.attach((topic, event) ->
                nodeListener.onEvent(topic, event instanceof Message message ? names.out(message) : event));
    }

    @Override
    public CompletionStage<Outcome> append(Draft draft) {
        ReplicaNames names = store.names();
        return broker.append(names.in(draft)).thenApply(outcome -> {
            Outcome told = names.out(outcome);
            log.appended(draft, told);
            return told;
        });
    }

    @Override
    public CompletionStage<Receipt> publish(Draft draft) {
        ReplicaNames names = store.names();
        return broker.publish(names.in(draft)).thenApply(receipt -> {
            Receipt told = names.out(receipt);
            log.appended(draft, told);
            return told;
        });
    }

    @Override
    public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        return broker.find(conversation, sender, once).thenApply(found -> found.map(store.names()::out));
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        return broker.read(store.names().in(reading)).thenApply(store.names()::out);
    }

    @Override
    public CompletionStage<Integer> unread(Reading behind, UserId user) {
        return broker.unread(store.names().in(behind), user);
    }

    @Override
    public Duration dedupeWindow() {
        return broker.dedupeWindow();
    }

    @Override
    public void serve(NodeId self, CommandHandler handler) {
        served.put(self, handler);
        broker.serve(self, handler);
    }

    @Override
    public CompletionStage<CommandReply> command(NodeId node, Command command) {
        return broker.command(node, command);
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        return broker.signal(signal);
    }

    @Override
    public CompletionStage<Void> subscribe(Topic topic) {
        topics.add(topic);
        return broker.subscribe(topic);
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        topics.remove(topic);
        return broker.unsubscribe(topic);
    }

    @Override
    public CompletionStage<Void> probe() {
        return broker.probe();
    }

    @Override
    public void close() {
        log.left(this);
        broker.close();
    }
}
