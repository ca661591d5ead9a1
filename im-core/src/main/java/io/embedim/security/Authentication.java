package io.embedim.security;

import io.embedim.model.Identity;

/** What an {@link Authenticator} has found. */
public sealed interface Authentication {

    /**
     * It is this user.
     *
     * @param identity who
     */
    record Accepted(Identity identity) implements Authentication {}

    /** Nobody was asked: it is whoever its frames say, as in the original. Only {@code trustClaims()} answers this. */
    record Claimed() implements Authentication {}

    /**
     * Nobody yet: the client's first frame must bring a ticket, within {@code Limits.proofTime}. Only a {@link TicketAuthenticator} may answer this, and only to a handshake.
     */
    record Pending() implements Authentication {}

    /**
     * It is nobody who may come in.
     *
     * @param httpStatus 401 where a (better) proof would help, 403 where not
     * @param reason for the log; never sent to the client, and without anything secret
     */
    record Refused(int httpStatus, String reason) implements Authentication {

        /**
         * Checks the status.
         *
         * @throws IllegalArgumentException if it is no 4xx or 5xx
         */
        public Refused {
            if (httpStatus < 400 || httpStatus > 599) {
                throw new IllegalArgumentException("status is " + httpStatus + "; expected 400 to 599");
            }
        }
    }
}
