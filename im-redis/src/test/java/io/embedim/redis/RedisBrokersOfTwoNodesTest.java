package io.embedim.redis;

import io.embedim.conversation.Broker;

/** Commands and messages between two nodes. */
class RedisBrokersOfTwoNodesTest extends RedisBrokerContractTest {

    @Override
    public Broker nextNode(Broker first) {
        return another();
    }
}
