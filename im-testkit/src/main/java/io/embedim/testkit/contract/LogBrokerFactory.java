package io.embedim.testkit.contract;

import io.embedim.conversation.Broker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Retention;

/** Makes the brokers that {@link LogBrokerContract} tests. */
public interface LogBrokerFactory extends BrokerFactory {

    /**
     * A broker without a listener, which keeps what was said. Called once in a test, which attaches to it and closes it.
     *
     * @param retention how much of each conversation
     * @return the broker under test; it knows ids for a minute at least
     */
    LogBroker newLogBroker(Retention retention);

    @Override
    default Broker newBroker() {
        return newLogBroker(Retention.DEFAULT);
    }
}
