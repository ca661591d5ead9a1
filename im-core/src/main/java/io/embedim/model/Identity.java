package io.embedim.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection was proven to be, by an {@link io.embedim.security.Authenticator}.
 *
 * <p>A frame whose {@code from_user_id} is another user than {@link #user()} is refused with 403. Where the authenticator also fixes a name or an avatar,
 * {@code from_username} and {@code from_avatar} must match them too. Immutable; {@link #toString()} shows the user only.
 *
 * @param user the user
 * @param name the display name, or null where the client may choose it in each frame
 * @param avatar the avatar, or null where the client may choose it in each frame
 * @param expiresAt when the proof ends, after which the connection is closed with 4101, or null for never
 */
public record Identity(
        UserId user,
        @Nullable String name,
        @Nullable String avatar,
        @Nullable Instant expiresAt) {

    /** Checks that there is a user. */
    public Identity {
        Objects.requireNonNull(user, "user");
    }

    /**
     * An identity that fixes the user alone.
     *
     * @param user the user
     * @return an identity without name, avatar and expiry
     */
    public static Identity of(UserId user) {
        return new Identity(user, null, null, null);
    }

    @Override
    public String toString() {
        return "Identity[" + user + "]";
    }
}
