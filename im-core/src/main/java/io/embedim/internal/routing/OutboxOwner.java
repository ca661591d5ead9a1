package io.embedim.internal.routing;

import io.embedim.connection.Backlog;

/** Whose connection an {@link Outbox} writes to. */
interface OutboxOwner {

    /** The connection cannot be written to any more. No lock is held. */
    void writeFailed(Throwable failure);

    /**
     * The client does not keep up. No lock is held; must not take long.
     *
     * @param begins it has kept up so far
     * @param ends it is to be closed; at most once
     */
    void behind(Backlog backlog, boolean begins, boolean ends);
}
