package io.embedim.testkit.contract;

import io.embedim.conversation.Broker;

/** Makes the brokers that {@link BrokerContract} tests. */
public interface BrokerFactory {

    /**
     * A broker without a listener. Called once in a test, which attaches to it and closes it.
     *
     * <p>It may share its backend with others: tests use conversations that nobody else uses.
     *
     * @return the broker under test
     */
    Broker newBroker();
}
