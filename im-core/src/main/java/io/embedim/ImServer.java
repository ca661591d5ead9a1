package io.embedim;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.internal.routing.Engine;
import io.embedim.model.ConnectionId;
import io.embedim.model.Heartbeat;
import io.embedim.model.ImException;
import io.embedim.model.Limits;
import io.embedim.security.Authentication;
import io.embedim.session.Memberships;
import io.embedim.session.SessionStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A chat server without sockets: adapters hand it connections, applications ask it about them.
 *
 * <p><b>Lifecycle.</b> Made by {@link #builder()}, running from {@code build()} on, ended by {@link #close()}. An application may have several; they share nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread; no method blocks. <b>Failure.</b> What a client does wrong is answered on its connection; what a backend does wrong
 * becomes a temporary error for the client that needed it. Stages that this class returns fail with {@link ImException}.
 *
 * <p>Source: docs/architecture.md, docs/protocol.md.
 */
public final class ImServer implements AutoCloseable {

    private final Engine engine;

    ImServer(Engine engine) {
        this.engine = engine;
    }

    /**
     * A server to be configured. Two choices must be made by name: who clients are ({@code authenticator} or {@code trustClaims}), or both that and the policy at once
     * by {@code classicProfile}.
     *
     * @return a builder with the documented defaults
     */
    public static ImServerBuilder builder() {
        return new ImServerBuilder();
    }

    /**
     * Decides who a client is, before its WebSocket is accepted, so that an adapter can refuse with a real HTTP status. Then hand the answer to
     * {@link #open(Connection, Handshake, Authentication)}.
     *
     * @param handshake what the client said
     * @return the answer; where the authenticator fails or takes too long, a refusal with status 503
     */
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return engine.authenticate(handshake);
    }

    /**
     * Takes on a connection whose client {@linkplain #authenticate was decided upon}. A refused one is closed with 4100.
     *
     * @param connection the pipe; the core writes to it from now on
     * @param handshake what the client said
     * @param authentication who it is
     * @return where to deliver what the client does
     */
    public Inbound open(Connection connection, Handshake handshake, Authentication authentication) {
        return engine.open(connection, handshake, authentication);
    }

    /**
     * Takes on a connection and decides who its client is; frames that come meanwhile wait. A refused one is closed with 4100.
     *
     * @param connection the pipe; the core writes to it from now on
     * @param handshake what the client said
     * @return where to deliver what the client does
     */
    public Inbound open(Connection connection, Handshake handshake) {
        return engine.open(connection, handshake);
    }

    /**
     * Closes a connection on this node, after what waits for it has been written.
     *
     * @param connection which one
     * @param reason why
     * @return true if it was open here; completes when its session has ended
     */
    public CompletionStage<Boolean> close(ConnectionId connection, CloseReason reason) {
        return engine.close(connection, reason);
    }

    /**
     * Sets attributes of a connection's session on this node; an empty value removes one.
     *
     * @param connection which one
     * @param changes values by name
     * @return true if it was open here; completes when the store has the new state
     */
    public CompletionStage<Boolean> setAttributes(ConnectionId connection, Map<String, String> changes) {
        return engine.setAttributes(connection, changes);
    }

    /**
     * Who is here, on all nodes.
     *
     * @return the store that the server was built with
     */
    public SessionStore sessions() {
        return engine.sessions();
    }

    /**
     * Who belongs to which group.
     *
     * @return the memberships that the server was built with
     */
    public Memberships memberships() {
        return engine.memberships();
    }

    /**
     * What one client may cost.
     *
     * @return the limits that the server was built with
     */
    public Limits limits() {
        return engine.limits();
    }

    /**
     * What is sent to clients that are silent.
     *
     * @return the heartbeat that the server was built with, or empty where there is none
     */
    public Optional<Heartbeat> heartbeat() {
        return engine.heartbeat();
    }

    /**
     * How many connections are open on this node.
     *
     * @return the number, exact when nothing happens at the same time
     */
    public int connections() {
        return engine.connections();
    }

    /**
     * Ends the server: new connections are refused, open ones are closed with 4001, executors that the builder made are stopped. A second call does nothing. Does not
     * wait for clients; sockets are the adapter's.
     */
    @Override
    public void close() {
        engine.close();
    }
}
