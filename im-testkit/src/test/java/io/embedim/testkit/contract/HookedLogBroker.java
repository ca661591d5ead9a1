package io.embedim.testkit.contract;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicListener;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A correct log broker with places to do something wrong. */
class HookedLogBroker implements LogBroker {

    final LogBroker correct;

    HookedLogBroker(ImRuntime runtime, Retention retention) {
        correct = new InMemoryBroker(runtime, new LogLimits(retention, 1 << 20, Duration.ofMinutes(1), 1_000));
    }

    /** What is appended instead. */
    Draft draft(Draft draft) {
        return draft;
    }

    /** What an append is answered instead. */
    Outcome outcome(Draft draft, Outcome outcome) {
        return outcome;
    }

    /** What is read instead. */
    Reading reading(Reading reading) {
        return reading;
    }

    /** What a read is answered instead. */
    Slice slice(Reading reading, Slice slice) {
        return slice;
    }

    @Override
    public CompletionStage<Outcome> append(Draft draft) {
        return correct.append(draft(draft)).thenApply(outcome -> outcome(draft, outcome));
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        return correct.read(reading(reading)).thenApply(slice -> slice(reading, slice));
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
        correct.attach(listener);
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
