package io.embedim.interceptor;

import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import java.util.Map;
import java.util.Optional;

/** A connection that is about to get a message. Valid during the call. */
public interface Recipient {

    /**
     * The connection.
     *
     * @return its id
     */
    ConnectionId connection();

    /**
     * The user that it is bound to.
     *
     * @return the user, or empty before a private join
     */
    Optional<UserId> user();

    /**
     * What the application keeps with its session.
     *
     * @return values by name; maybe those from before a change that is under way
     */
    Map<String, String> attributes();
}
