package io.embedim.testkit.contract;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.conversation.TopicListener;
import io.embedim.runtime.ImRuntime;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brokers that break one rule each. */
final class BrokenBrokers {

    private BrokenBrokers() {}

    /** Correct, to be overridden. */
    static class Correct implements Broker {

        final ImRuntime runtime;
        final Broker correct;

        Correct(ImRuntime runtime) {
            this.runtime = runtime;
            this.correct = new InMemoryBroker(runtime);
        }

        /** Tells the listener of an event, or does something wrong about it. */
        void tell(TopicListener listener, Topic topic, TopicEvent event) {
            listener.onEvent(topic, event);
        }

        @Override
        public void attach(TopicListener listener) {
            correct.attach((topic, event) -> tell(listener, topic, event));
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

    static final class Gap extends Correct {

        Gap(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        void tell(TopicListener listener, Topic topic, TopicEvent event) {
            if (event instanceof Message message && message.position().seq() > 4) {
                Position at = message.position();
                Position behind = new Position(at.epoch(), at.seq() + 1, at.mid());
                super.tell(listener, topic, new Message(message.draft(), behind, message.prev(), message.at()));
            } else {
                super.tell(listener, topic, event);
            }
        }
    }

    static final class Swaps extends Correct {

        private @Nullable TopicEvent held;

        Swaps(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        void tell(TopicListener listener, Topic topic, TopicEvent event) {
            if (event instanceof Message message && message.position().seq() == 5) {
                held = event;
                return;
            }
            super.tell(listener, topic, event);
            if (held != null) {
                super.tell(listener, topic, held);
                held = null;
            }
        }
    }

    static final class DeliversTwice extends Correct {

        DeliversTwice(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        void tell(TopicListener listener, Topic topic, TopicEvent event) {
            super.tell(listener, topic, event);
            super.tell(listener, topic, event);
        }
    }

    static final class NeverUnsubscribes extends Correct {

        NeverUnsubscribes(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Void> unsubscribe(Topic topic) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static final class WrongPrev extends Correct {

        WrongPrev(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        void tell(TopicListener listener, Topic topic, TopicEvent event) {
            if (event instanceof Message message) {
                super.tell(listener, topic, new Message(message.draft(), message.position(), "", message.at()));
            }
        }
    }

    static final class RepeatsMid extends Correct {

        RepeatsMid(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Receipt> publish(Draft draft) {
            return super.publish(draft).thenApply(receipt -> {
                Position at = receipt.position();
                return new Receipt(new Position(at.epoch(), at.seq(), "m" + at.seq()), receipt.at(), false);
            });
        }
    }

    static final class LosesSignals extends Correct {

        LosesSignals(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Void> signal(Signal signal) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static final class DeliversAnywhere extends Correct {

        DeliversAnywhere(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        void tell(TopicListener listener, Topic topic, TopicEvent event) {
            runtime.executor().execute(() -> super.tell(listener, topic, event));
        }
    }

    static final class MakesUpReplies extends Correct {

        MakesUpReplies(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<CommandReply> command(NodeId node, Command command) {
            return CompletableFuture.completedFuture(CommandReply.NOBODY);
        }
    }

    static final class CarriesOutTwice extends Correct {

        CarriesOutTwice(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<CommandReply> command(NodeId node, Command command) {
            return super.command(node, command).thenCompose(first -> super.command(node, command));
        }
    }

    static final class SwapsCommands extends Correct {

        private @Nullable Runnable held;

        SwapsCommands(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public synchronized CompletionStage<CommandReply> command(NodeId node, Command command) {
            if (held != null) {
                CompletionStage<CommandReply> reply = super.command(node, command);
                held.run();
                held = null;
                return reply;
            }
            CompletableFuture<CommandReply> later = new CompletableFuture<>();
            held = () -> super.command(node, command).thenAccept(later::complete);
            return later;
        }
    }

    static final class OneCommandAtATime extends Correct {

        private CompletionStage<?> last = CompletableFuture.completedFuture(null);

        OneCommandAtATime(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public synchronized CompletionStage<CommandReply> command(NodeId node, Command command) {
            CompletionStage<CommandReply> next = last.thenCompose(done -> super.command(node, command));
            last = next;
            return next;
        }
    }

    static final class LosesCommandsFromInside extends Correct {

        private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

        LosesCommandsFromInside(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<CommandReply> command(NodeId node, Command command) {
            if (INSIDE.get()) {
                return new CompletableFuture<>();
            }
            INSIDE.set(true);
            try {
                return super.command(node, command);
            } finally {
                INSIDE.set(false);
            }
        }
    }

    static final class TakesAfterClose extends Correct {

        TakesAfterClose(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Receipt> publish(Draft draft) {
            return CompletableFuture.completedFuture(new Receipt(new Position("e", 1, "m"), Instant.EPOCH, false));
        }

        @Override
        public CompletionStage<Void> probe() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
