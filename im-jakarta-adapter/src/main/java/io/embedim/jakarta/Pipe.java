package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Inbound;
import io.embedim.model.LogText;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the container tells of one session, on its way to the core. Nothing that is thrown here reaches the container, because each does something else with it. */
final class Pipe implements MessageHandler.Partial<String> {

    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

    private static final CloseReason BROKEN = new CloseReason(1011, "internal error");
    private static final CloseReason FOREIGN_ORIGIN = new CloseReason(1008, "origin refused");

    /**
     * Messages are handed on in parts, so a container needs no more than this; on Tomcat each connection pays for it. Undertow has no buffers and says 0, no limit: there this
     * would be the longest message, and a longer one would never come here.
     */
    private static final int BUFFER = 8 * 1024;

    /** The core watches for silence itself, and closes with its own code. Not 0: Tyrus would then start a task with every message. */
    private static final long NO_IDLE_TIMEOUT = -1;

    private final JakartaConnection connection;
    private final Inbound inbound;
    private volatile @Nullable Throwable failure;

    /** Its neighbours among the open pipes, for {@link Pipes} alone. */
    @Nullable
    Pipe before;

    @Nullable
    Pipe after;

    private Pipe(JakartaConnection connection, Inbound inbound) {
        this.connection = connection;
        this.inbound = inbound;
    }

    /** Takes on a session, and hands its pipe on; does not, where the session is refused and being closed. */
    static void open(Session session, EndpointConfig config, Supplier<Core> core, Place place) {
        try {
            Arrival arrival = Arrival.take(session, config);
            if (arrival == null) {
                LOG.error(
                        "event=endpoint_misconfigured path={} needs=\"configurator = ImConfigurator.class\"",
                        LogText.line(session.getRequestURI().getPath()));
                session.close(CloseReasons.toContainer(BROKEN));
            } else {
                open(session, arrival, core.get(), place);
            }
        } catch (Throwable e) {
            LOG.warn("event=open_failed session={}", session.getId(), LogText.trace(e));
            closeQuietly(session);
        }
    }

    private static void open(Session session, Arrival arrival, Core core, Place place) throws IOException {
        session.setMaxIdleTimeout(NO_IDLE_TIMEOUT);
        // Open Liberty does not cut a long frame into parts, but closes with 1009.
        int buffer = JakartaConnection.isLibertys(session) ? core.limits().frameBytes() : BUFFER;
        if (buffer != BUFFER || session.getMaxTextMessageBufferSize() > buffer) {
            session.setMaxTextMessageBufferSize(buffer);
        }
        if (buffer != BUFFER || session.getMaxBinaryMessageBufferSize() > buffer) {
            session.setMaxBinaryMessageBufferSize(buffer);
        }
        Pipes pipes = arrival.pipes();
        JakartaConnection connection = new JakartaConnection(
                session, pipes, pipes.blockingSendMillis(core.limits().writeTime()));
        if (!arrival.originAllowed() || pipes.isClosed()) {
            connection.close(arrival.originAllowed() ? CloseReason.GOING_AWAY : FOREIGN_ORIGIN);
            connection.ready();
            return;
        }
        Inbound inbound = core.open(connection, arrival.complete(session), arrival.authenticationBy(core));
        Pipe pipe = new Pipe(connection, inbound);
        try {
            pipes.add(pipe);
            jakarta.websocket.CloseReason early = place.put(pipe);
            if (early != null) {
                pipe.closed(early);
            }
        } catch (Throwable e) {
            // The core knows the connection already, so it has to hear of its end.
            pipe.failed(e);
        }
        connection.ready();
    }

    /** A part of a text. */
    @Override
    public void onMessage(String part, boolean last) {
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

    void pong() {
        try {
            inbound.alive();
        } catch (Throwable e) {
            failed(e);
        }
    }

    void closed(jakarta.websocket.CloseReason reason) {
        ended(CloseReasons.fromContainer(reason));
    }

    /** Some containers tell of an error only, and never of a close; so it is closed here, unless it is closed by then. */
    void failed(Throwable error) {
        failure = error;
        LOG.debug("event=connection_failed connection={}", inbound.id(), LogText.trace(error));
        connection.closeThen(BROKEN, () -> ended(BROKEN));
    }

    /** Closes it from this side. The core hears of it first: a write that the close makes fail would end the session as lost. */
    void end(CloseReason reason) {
        connection.offThread(() -> {
            tell(reason);
            connection.closeThen(reason, () -> connection.pipes().remove(this));
        });
    }

    /** Where we have closed it, our reason stands: containers lose texts, or tell what became of a write instead. */
    private void ended(CloseReason told) {
        CloseReason ours = connection.closedWith();
        CloseReason reason = ours == null || ours.equals(BROKEN) ? told : ours;
        boolean broken = BROKEN.equals(ours) && reason.code() == BROKEN.code();
        tell(broken ? CloseReason.LOST : reason);
        connection.pipes().remove(this);
    }

    private void tell(CloseReason reason) {
        try {
            inbound.closed(reason, failure);
        } catch (Throwable e) {
            LOG.warn("event=close_failed connection={}", inbound.id(), LogText.trace(e));
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close(CloseReasons.toContainer(BROKEN));
        } catch (IOException | RuntimeException e) {
            LOG.debug("event=close_failed session={}", session.getId(), LogText.trace(e));
        }
    }
}
