package io.embedim.redis;

import io.embedim.security.Bans;

/** What one node has changed the other one sees. */
class RedisBansOfTwoNodesTest extends RedisBansContractTest {

    @Override
    public Bans noBans() {
        return Alternating.between(Bans.class, super.noBans(), another().bans());
    }
}
