package io.embedim.session;

import io.embedim.connection.Handshake;
import java.util.Map;

/** Reads attributes of a new session out of its handshake. Called once per connection by any thread; quick; what it throws is logged and leaves the attributes out. */
@FunctionalInterface
public interface SessionAttributes {

    /**
     * Reads attributes.
     *
     * @param handshake what the client said
     * @return values by name, such as {@link Session#BROWSER}
     */
    Map<String, String> from(Handshake handshake);
}
