package io.embedim.conversation;

import io.embedim.runtime.ImRuntime;
import java.util.concurrent.CompletionStage;

/** The default {@link Broker}: one node, in memory, without history. */
public final class InMemoryBroker implements Broker {

    /**
     * An empty broker.
     *
     * @param runtime time, chance, and where to go on when a topic has much to deliver
     */
    public InMemoryBroker(ImRuntime runtime) {}

    @Override
    public void attach(TopicListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Receipt> publish(Draft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> subscribe(Topic topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> probe() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
