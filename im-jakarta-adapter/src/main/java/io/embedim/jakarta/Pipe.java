package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Inbound;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the container tells of one session, on its way to the core. Nothing that is thrown here reaches the container, because each does something else with it. */
final class Pipe {

    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

    private static final CloseReason BROKEN = new CloseReason(1011, "internal error");
    private static final CloseReason FOREIGN_ORIGIN = new CloseReason(1008, "origin refused");

    /** Text is handed on in parts, so a container needs no more than this; on Tomcat each connection pays for it. */
    private static final int BUFFER = 8 * 1024;

    /** The core watches for silence itself, and closes with its own code. Not 0: Tyrus would then start a task with every message. */
    private static final long NO_IDLE_TIMEOUT = -1;

    private final JakartaConnection connection;
    private final Inbound inbound;
    private final Pipes pipes;
    private volatile @Nullable Throwable failure;

    private Pipe(JakartaConnection connection, Inbound inbound, Pipes pipes) {
        this.connection = connection;
        this.inbound = inbound;
        this.pipes = pipes;
    }

    /** Takes on a session; empty where it is refused, and then it is being closed. */
    static Optional<Pipe> open(Session session, EndpointConfig config, Supplier<Core> core) {
        try {
            Arrival arrival = Arrival.take(session, config);
            if (arrival == null) {
                LOG.error(
                        "im.endpoint.misconfigured path={}: the endpoint needs configurator = ImConfigurator.class",
                        session.getRequestURI().getPath());
                session.close(CloseReasons.toContainer(BROKEN));
                return Optional.empty();
            }
            return open(session, arrival, core.get());
        } catch (Throwable e) {
            LOG.warn("im.open.failed session={}", session.getId(), e);
            closeQuietly(session);
            return Optional.empty();
        }
    }

    private static Optional<Pipe> open(Session session, Arrival arrival, Core core) throws IOException {
        session.setMaxIdleTimeout(NO_IDLE_TIMEOUT);
        session.setMaxTextMessageBufferSize(BUFFER);
        session.setMaxBinaryMessageBufferSize(BUFFER);
        Pipes pipes = arrival.pipes();
        JakartaConnection connection = new JakartaConnection(session, pipes.closers());
        if (!arrival.originAllowed() || pipes.isClosed()) {
            connection.close(arrival.originAllowed() ? CloseReason.GOING_AWAY : FOREIGN_ORIGIN);
            return Optional.empty();
        }
        Inbound inbound = core.open(connection, arrival.complete(session), arrival.authenticationBy(core));
        Pipe pipe = new Pipe(connection, inbound, pipes);
        pipes.add(pipe);
        return Optional.of(pipe);
    }

    void text(String part, boolean last) {
        try {
            inbound.received(part, last);
        } catch (Throwable e) {
            failed(e);
        }
    }

    void binary() {
        try {
            inbound.receivedBinary();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** The container has closed the session, whoever began it. */
    void closed(jakarta.websocket.CloseReason reason) {
        boolean byFailure = failure != null && reason.getCloseCode().getCode() == BROKEN.code();
        ended(byFailure ? CloseReason.LOST : CloseReasons.fromContainer(reason));
    }

    /** Some containers tell of an error only, and never of a close; so it is closed here, unless it is closed by then. */
    void failed(Throwable error) {
        failure = error;
        LOG.debug("im.connection.failed connection={}", inbound.id(), error);
        connection.closeThen(BROKEN, () -> ended(CloseReason.LOST));
    }

    /** Closes it from this side. */
    void end(CloseReason reason) {
        connection.closeThen(reason, () -> ended(reason));
    }

    private void ended(CloseReason reason) {
        pipes.remove(this);
        try {
            inbound.closed(reason, failure);
        } catch (Throwable e) {
            LOG.warn("im.close.failed connection={}", inbound.id(), e);
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close(CloseReasons.toContainer(BROKEN));
        } catch (IOException | RuntimeException e) {
            LOG.debug("im.close.failed session={}", session.getId(), e);
        }
    }
}
