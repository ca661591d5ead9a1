package io.embedim.redis;

import io.embedim.session.SharedSessionStore;

/** What one node has changed the other one sees. */
class RedisSessionStoreOfTwoNodesTest extends RedisSessionStoreContractTest {

    @Override
    public SharedSessionStore emptyStore() {
        return Alternating.between(
                SharedSessionStore.class, super.emptyStore(), another().sessions());
    }
}
