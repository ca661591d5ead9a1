package io.embedim.security;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an {@link AccessPolicy} has decided. */
public enum Decision {
    /** It may be done. */
    ALLOW,
    /** It may not: the client is answered with 403, without a reason that would tell it what exists. */
    DENY;

    private static final CompletionStage<Decision> ALLOWED = CompletableFuture.completedFuture(ALLOW);
    private static final CompletionStage<Decision> DENIED = CompletableFuture.completedFuture(DENY);

    /**
     * A decision that is known at once, without an allocation.
     *
     * @param allowed whether it may be done
     * @return a completed stage
     */
    public static CompletionStage<Decision> now(boolean allowed) {
        return allowed ? ALLOWED : DENIED;
    }
}
