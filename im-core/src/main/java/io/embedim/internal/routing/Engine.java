package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.ConnectionId;
import io.embedim.model.Limits;
import io.embedim.security.Authentication;
import io.embedim.session.Memberships;
import io.embedim.session.SessionStore;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Holds the parts of a server together. */
public final class Engine {

    private final EngineConfig config;

    public Engine(EngineConfig config) {
        this.config = config;
    }

    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return config.authenticator().authenticate(handshake);
    }

    public Inbound open(Connection connection, Handshake handshake) {
        throw new UnsupportedOperationException();
    }

    public Inbound open(Connection connection, Handshake handshake, Authentication authentication) {
        throw new UnsupportedOperationException();
    }

    public CompletionStage<Boolean> close(ConnectionId id, CloseReason reason) {
        throw new UnsupportedOperationException();
    }

    public CompletionStage<Boolean> setAttributes(ConnectionId id, Map<String, String> changes) {
        throw new UnsupportedOperationException();
    }

    public SessionStore sessions() {
        return config.sessions();
    }

    public Memberships memberships() {
        return config.memberships();
    }

    public Limits limits() {
        return config.limits();
    }

    public int connections() {
        return 0;
    }

    public void close() {
        config.runtime().close();
    }
}
