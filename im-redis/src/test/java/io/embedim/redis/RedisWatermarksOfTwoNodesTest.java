package io.embedim.redis;

import io.embedim.conversation.Watermarks;

/** What one node has changed the other one sees. */
class RedisWatermarksOfTwoNodesTest extends RedisWatermarksContractTest {

    @Override
    public Watermarks emptyWatermarks() {
        return Alternating.between(
                Watermarks.class, super.emptyWatermarks(), another().watermarks());
    }
}
