package io.embedim.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint that {@link ImEndpoints} registers, one for each connection. Not for applications.
 *
 * <p>Public, because Tyrus calls it by reflection; without annotation and public constructor, so no scan opens it.
 */
public final class RegisteredEndpoint extends Endpoint implements MessageHandler.Partial<ByteBuffer> {

    private final Core core;
    private volatile @Nullable Pipe pipe;
    private volatile @Nullable CloseReason closed;

    RegisteredEndpoint(Core core) {
        this.core = core;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Pipe.open(session, config, () -> core, opened -> {
            pipe = opened;
            session.addMessageHandler(String.class, opened);
            session.addMessageHandler(ByteBuffer.class, this);
            if (core.pings()) {
                MessageHandler.Whole<PongMessage> pong = message -> opened.pong();
                session.addMessageHandler(PongMessage.class, pong);
            }
            return closed;
        });
    }

    /**
     * For the container.
     *
     * @param part a part of a binary message
     * @param last whether it is the last one
     */
    @Override
    public void onMessage(ByteBuffer part, boolean last) {
        Pipe opened = pipe;
        if (opened != null) {
            opened.binary();
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        closed = reason;
        Pipe opened = pipe;
        if (opened != null) {
            opened.closed(reason);
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        Pipe opened = pipe;
        if (opened != null) {
            opened.failed(failure);
        }
    }
}
