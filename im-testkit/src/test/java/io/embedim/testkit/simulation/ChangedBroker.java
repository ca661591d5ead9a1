package io.embedim.testkit.simulation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogBroker;
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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A correct log broker with places to do something wrong. */
class ChangedBroker implements LogBroker {

    final LogBroker correct;

    ChangedBroker(LogBroker correct) {
        this.correct = correct;
    }

    /** What a listener hears instead. */
    Message heard(Message message) {
        return message;
    }

    /** What a read finds instead. */
    Message read(Message message) {
        return message;
    }

    @Override
    public CompletionStage<Outcome> append(Draft draft) {
        return correct.append(draft);
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        return correct.read(reading)
                .thenApply(slice -> new Slice(
                        slice.status(),
                        slice.top(),
                        slice.floor(),
                        slice.floorPrev(),
                        slice.entries().stream().map(this::read).toList()));
    }

    @Override
    public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        return correct.find(conversation, sender, once);
    }

    @Override
    public Duration dedupeWindow() {
        return correct.dedupeWindow();
    }

    @Override
    public void attach(TopicListener listener) {
        correct.attach(
                (topic, event) -> listener.onEvent(topic, event instanceof Message message ? heard(message) : event));
    }

    @Override
    public void serve(NodeId self, CommandHandler handler) {
        correct.serve(self, handler);
    }

    @Override
    public CompletionStage<CommandReply> command(NodeId node, Command command) {
        return correct.command(node, command);
    }

    @Override
    public CompletionStage<Receipt> publish(Draft draft) {
        return correct.publish(draft);
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        return correct.signal(signal);
    }

    @Override
    public CompletionStage<Void> subscribe(Topic topic) {
        return correct.subscribe(topic);
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        return correct.unsubscribe(topic);
    }

    @Override
    public CompletionStage<Void> probe() {
        return correct.probe();
    }

    @Override
    public void close() {
        correct.close();
    }
}
