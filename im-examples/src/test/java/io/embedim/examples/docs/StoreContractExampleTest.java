package io.embedim.examples.docs;

import io.embedim.session.InMemorySessionStore;
import io.embedim.session.SessionStore;
import io.embedim.testkit.contract.SessionStoreContract;
import java.time.InstantSource;

// tag::contract[]
class StoreContractExampleTest implements SessionStoreContract {

    @Override
    public SessionStore emptyStore() {
        return new InMemorySessionStore(InstantSource.system()); // yours
    }
}
// end::contract[]
