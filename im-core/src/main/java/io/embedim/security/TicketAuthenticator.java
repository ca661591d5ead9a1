package io.embedim.security;

import java.util.concurrent.CompletionStage;

/**
 * An {@link Authenticator} that also takes proofs from frames (SPI): in the first frame, so that no proof stands in a URL, and later to renew one that ends. Source:
 * docs/protocol.md, C-AUTH.
 *
 * <p>Where the handshake proves nothing it answers {@link Authentication.Pending}; then the client's first frame must be {@code {"event":"auth","ticket":"…"}}.
 */
public interface TicketAuthenticator extends Authenticator {

    /**
     * Decides who has this ticket. Threads and failure as for {@link #authenticate(io.embedim.connection.Handshake)}.
     *
     * @param ticket what the client sent; any text, not to be logged
     * @return who it is, or why nobody; a {@code Pending} counts as a refusal
     */
    CompletionStage<Authentication> authenticate(String ticket);
}
