package io.embedim.security;

import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes the container's word. */
final class PrincipalAuthenticator implements Authenticator {

    @Override
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return CompletableFuture.completedFuture(decide(handshake.principal()));
    }

    private static Authentication decide(Optional<Principal> principal) {
        if (principal.isEmpty()) {
            return new Authentication.Refused(401, "no principal");
        }
        try {
            return new Authentication.Accepted(
                    Identity.of(UserId.of(principal.get().getName())));
        } catch (IllegalArgumentException e) {
            return new Authentication.Refused(403, "the principal's name is no user id");
        }
    }
}
