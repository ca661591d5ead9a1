package io.embedim.testkit.contract;

import io.embedim.session.SessionStore;

/** Makes the stores that {@link SessionStoreContract} tests. */
public interface SessionStoreFactory {

    /**
     * A store without sessions and without memory of removed ones. Called once in a test.
     *
     * @return the store under test
     */
    SessionStore emptyStore();
}
