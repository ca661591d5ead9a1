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

    /**
     * The broker of another node on the same backend, for the rules between nodes. Called once for each node after the first, which tests close as well.
     *
     * @param first the broker of a node
     * @return the other node's; without an override the same one, and then these rules are tested on one node, which sends commands to itself
     */
    default Broker nextNode(Broker first) {
        return first;
    }
}
