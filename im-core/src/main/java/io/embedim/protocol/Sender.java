package io.embedim.protocol;

import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who a frame says it is from: {@code from_user_id}, {@code from_username}, {@code from_avatar}.
 *
 * @param user the user
 * @param userIsNumber whether the id came as a JSON number, and is to be relayed as one
 * @param name the display name
 * @param nameIsNumber whether the name came as a JSON number, and is to be relayed as one
 * @param avatar the avatar, or null where none came
 */
public record Sender(
        UserId user,
        boolean userIsNumber,
        String name,
        boolean nameIsNumber,
        @Nullable String avatar) {

    /**
     * The same with an equal user, so that one object serves many senders.
     *
     * @param same a user that is equal to {@link #user()}
     * @return a copy
     */
    public Sender by(UserId same) {
        return new Sender(same, userIsNumber, name, nameIsNumber, avatar);
    }
}
