package io.embedim.testkit.contract;

import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Memberships;

class InMemoryMembershipsContractTest implements MembershipsContract {

    @Override
    public Memberships emptyMemberships() {
        return new InMemoryMemberships();
    }
}
