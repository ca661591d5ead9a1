package io.embedim.jakarta;

import io.embedim.ImServer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;

/**
 * An endpoint as an annotated class of the application, found by the container's own scan:
 *
 * <pre>{@code
 * @ServerEndpoint(value = "/im", configurator = ImConfigurator.class)
 * public class Chat extends AbstractImEndpoint {
 *     protected ImServer server() {
 *         return …; // from CDI, the servlet context, a static field
 *     }
 * }
 * }</pre>
 *
 * <p><b>Lifecycle.</b> One instance may serve one connection or all of them: it keeps nothing itself. Connections end with {@code ImServer.close()}, which the application calls
 * when it ends.
 *
 * <p><b>Limits.</b> Only {@link ImEndpoints} can put a filter in front: with {@link ImEndpoints#guard}, clients are refused with a real HTTP status and their address is known
 * on every container; without it, refused clients are closed with 4100 after the upgrade.
 *
 * <p><b>Failure.</b> Without {@link ImConfigurator} every connection is closed with 1011 and an error is logged.
 */
public abstract class AbstractImEndpoint {

    /** For subclasses. */
    protected AbstractImEndpoint() {}

    /**
     * The server behind this endpoint.
     *
     * @return the server; called for each new connection, by any thread
     */
    protected abstract ImServer server();

    /**
     * For the container.
     *
     * @param session the new session
     * @param config with what the configurator has left
     */
    @OnOpen
    public void onOpen(Session session, EndpointConfig config) {
        Pipe.open(session, config, () -> Core.of(server()), InProperties.of(session));
    }

    /**
     * For the container.
     *
     * @param part a part of a text message
     * @param last whether it is the last one
     * @param session whose it is
     */
    @OnMessage
    public void onText(String part, boolean last, Session session) {
        Pipe pipe = InProperties.pipe(session);
        if (pipe != null) {
            pipe.onMessage(part, last);
        }
    }

    /**
     * For the container.
     *
     * @param part a part of a binary message
     * @param last whether it is the last one
     * @param session whose it is
     */
    @OnMessage
    public void onBinary(ByteBuffer part, boolean last, Session session) {
        Pipe pipe = InProperties.pipe(session);
        if (pipe != null) {
            pipe.binary();
        }
    }

    /**
     * For the container.
     *
     * @param message the client's answer to a ping
     * @param session whose it is
     */
    @OnMessage
    public void onPong(PongMessage message, Session session) {
        Pipe pipe = InProperties.pipe(session);
        if (pipe != null) {
            pipe.pong();
        }
    }

    /**
     * For the container.
     *
     * @param session which one is closed
     * @param reason why
     */
    @OnClose
    public void onClose(Session session, CloseReason reason) {
        InProperties.closed(session, reason);
    }

    /**
     * For the container.
     *
     * @param session which one is broken
     * @param failure why
     */
    @OnError
    public void onError(Session session, Throwable failure) {
        Pipe pipe = InProperties.pipe(session);
        if (pipe != null) {
            pipe.failed(failure);
        }
    }
}
