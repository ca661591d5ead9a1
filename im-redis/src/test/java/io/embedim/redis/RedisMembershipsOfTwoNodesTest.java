package io.embedim.redis;

import io.embedim.session.Memberships;

/** What one node has changed the other one sees. */
class RedisMembershipsOfTwoNodesTest extends RedisMembershipsContractTest {

    @Override
    public Memberships emptyMemberships() {
        return Alternating.between(
                Memberships.class, super.emptyMemberships(), another().memberships());
    }
}
