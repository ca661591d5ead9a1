package io.embedim.testkit.contract;

import io.embedim.session.InMemorySessionStore;
import io.embedim.session.SessionStore;
import java.time.Clock;

class InMemorySessionStoreContractTest implements SessionStoreContract {

    @Override
    public SessionStore emptyStore() {
        return new InMemorySessionStore(Clock.systemUTC());
    }
}
