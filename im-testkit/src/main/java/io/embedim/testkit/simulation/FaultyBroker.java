package io.embedim.testkit.simulation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicListener;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A broker behind a network: answers take their time, and while there is trouble they fail, before the step or behind it, or never come. */
final class FaultyBroker implements LogBroker {

    private final LogBroker broker;
    private final Trouble trouble;
    private final VirtualTime time;
    private final SimulatedRuntime process;

    FaultyBroker(LogBroker broker, Trouble trouble, VirtualTime time, SimulatedRuntime process) {
        this.process = process;
        this.broker = broker;
        this.trouble = trouble;
        this.time = time;
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> step) {
        Trouble.Kind kind = trouble.next();
        if (kind == Trouble.Kind.NONE && trouble.isPrompt()) {
            return step.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        time.after(trouble.delay(), () -> {
            if (kind == Trouble.Kind.BEFORE && !process.isEnded()) {
                answer.completeExceptionally(new ImException("the broker does not answer; nothing was done"));
            } else if (kind != Trouble.Kind.BEFORE && kind != Trouble.Kind.LOST_CALL) {
                step.get()
                        .whenComplete((value, failure) -> time.after(trouble.delay(), () -> {
                            if (process.isEnded()) {
                                return;
                            }
                            if (kind == Trouble.Kind.AFTER) {
                                answer.completeExceptionally(new ImException("the broker's answer was lost"));
                            } else if (kind == Trouble.Kind.NONE && failure == null) {
                                answer.complete(value);
                            } else if (kind == Trouble.Kind.NONE) {
                                answer.completeExceptionally(failure);
                            }
                        }));
            }
        });
        return answer;
    }

    @Override
    public CompletionStage<Outcome> append(Draft draft) {
        return call(() -> broker.append(draft));
    }

    @Override
    public CompletionStage<Receipt> publish(Draft draft) {
        return call(() -> broker.publish(draft));
    }

    @Override
    public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        return call(() -> broker.find(conversation, sender, once));
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        return call(() -> broker.read(reading));
    }

    @Override
    public CompletionStage<Integer> unread(Reading behind, UserId user) {
        return call(() -> broker.unread(behind, user));
    }

    @Override
    public Duration dedupeWindow() {
        return broker.dedupeWindow();
    }

    @Override
    public void attach(TopicListener listener) {
        broker.attach(listener);
    }

    @Override
    public void serve(NodeId self, CommandHandler handler) {
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
        return broker.subscribe(topic);
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        return broker.unsubscribe(topic);
    }

    @Override
    public CompletionStage<Void> probe() {
        return broker.probe();
    }

    @Override
    public void close() {
        broker.close();
    }
}
