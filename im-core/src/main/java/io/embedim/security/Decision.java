package io.embedim.security;

import io.embedim.protocol.ProtocolText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an {@link AccessPolicy} has decided. Immutable; safe for use by any thread. */
public final class Decision {

    /** It may be done. */
    public static final Decision ALLOW = new Decision(null, Duration.ZERO);

    /** It may not: the client is answered with 403, without a reason that would tell it what exists. */
    public static final Decision DENY = new Decision(null, Duration.ZERO);

    private static final CompletionStage<Decision> ALLOWED = CompletableFuture.completedFuture(ALLOW);
    private static final CompletionStage<Decision> DENIED = CompletableFuture.completedFuture(DENY);

    private final @Nullable ProtocolText reason;
    private final Duration wait;

    private Decision(@Nullable ProtocolText reason, Duration wait) {
        this.reason = reason;
        this.wait = wait;
    }

    /**
     * It may not, and the client is told why: 403 with that text.
     *
     * @param reason what it may know
     * @return the decision
     */
    public static Decision deny(ProtocolText reason) {
        return new Decision(Objects.requireNonNull(reason, "reason"), Duration.ZERO);
    }

    /**
     * It may not yet: the client is answered with 429 and a {@code retry_after} in whole seconds.
     *
     * @param wait how long to wait, above zero
     * @return the decision
     * @throws IllegalArgumentException if it is zero or less
     */
    public static Decision later(Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            throw new IllegalArgumentException("wait is " + wait + "; expected more than zero");
        }
        return new Decision(ProtocolText.SLOW_MODE, wait);
    }

    /**
     * A decision that is known at once, without an allocation.
     *
     * @param allowed whether it may be done
     * @return a completed stage
     */
    public static CompletionStage<Decision> now(boolean allowed) {
        return allowed ? ALLOWED : DENIED;
    }

    /**
     * A decision that is known at once.
     *
     * @param decision the decision
     * @return a completed stage
     */
    public static CompletionStage<Decision> of(Decision decision) {
        return decision == ALLOW ? ALLOWED : CompletableFuture.completedFuture(decision);
    }

    /**
     * What the client may know of the reason.
     *
     * @param unsaid what it is told where nothing is to be said
     * @return the text
     */
    public ProtocolText reasonOr(ProtocolText unsaid) {
        return reason != null ? reason : unsaid;
    }

    /**
     * How long it has to wait.
     *
     * @return the time; zero where waiting does not help, or is not needed
     */
    public Duration retryAfter() {
        return wait;
    }

    @Override
    public String toString() {
        return this == ALLOW ? "ALLOW" : "DENY" + (reason == null ? "" : "[" + reason + "]");
    }
}
