package io.embedim.security;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import java.util.Optional;

/** Who wants to do something, as an {@link AccessPolicy} sees it. Valid during the call and until its stage completes; safe for use by any thread. */
public interface Actor {

    /**
     * The connection that asks.
     *
     * @return its id
     */
    ConnectionId connection();

    /**
     * The user that asks: the proven one, or under {@code trustClaims()} the one that the frame names.
     *
     * @return the user
     */
    UserId user();

    /**
     * The proof.
     *
     * @return the identity, or empty under {@code trustClaims()}
     */
    Optional<Identity> identity();

    /**
     * Whether this very connection has joined a group.
     *
     * @param group the group
     * @return true if so
     */
    boolean hasJoined(GroupId group);
}
