package io.embedim.session;

/** A {@link SessionStore} over a backend that blocks. */
public abstract class BlockingSessionStore implements SessionStore {

    /** For subclasses. */
    protected BlockingSessionStore() {}
}
