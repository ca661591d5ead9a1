package io.embedim.security;

import io.embedim.connection.Handshake;
import java.util.concurrent.CompletionStage;

/**
 * Decides who a client is, before its connection is opened (SPI).
 *
 * <p><b>Threads.</b> Called by any thread, several at once; must not block: look-ups that wait complete the stage later. <b>Failure.</b> A stage that fails or does not
 * complete within {@code Limits.backendTime} refuses the connection. Nothing of the handshake may be logged but its path.
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Decides who it is.
     *
     * @param handshake what the client said
     * @return who it is, or why nobody
     */
    CompletionStage<Authentication> authenticate(Handshake handshake);

    /**
     * Takes the container's word: the principal of the HTTP request is the user; without one the connection is refused with 401.
     *
     * @return an authenticator
     */
    static Authenticator containerPrincipal() {
        return new PrincipalAuthenticator();
    }
}
