package io.embedim.security;

import io.embedim.model.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * That a user may not come in for a while.
 *
 * @param user who
 * @param until when it ends; from then on it is as if there were none
 * @param reason for the application and its people; never sent to the client, may be empty
 */
public record Ban(UserId user, Instant until, String reason) {

    /** Checks that nothing is missing. */
    public Ban {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Whether it holds.
     *
     * @param now the time of day
     * @return true until it ends
     */
    public boolean isInForce(Instant now) {
        return now.isBefore(until);
    }

    /** Without the reason, which may say anything. */
    @Override
    public String toString() {
        return "Ban[" + user + ", until=" + until + "]";
    }
}
