package io.embedim.testkit.contract;

import io.embedim.conversation.Broker;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.runtime.ThreadRuntime;
import org.junit.jupiter.api.AfterEach;

class InMemoryBrokersOfTwoNodesTest implements BrokerContract {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void end() {
        runtime.close();
    }

    @Override
    public Broker newBroker() {
        return new InMemoryBroker(runtime);
    }

    @Override
    public Broker nextNode(Broker first) {
        return ((InMemoryBroker) first).nextNode(runtime);
    }
}
