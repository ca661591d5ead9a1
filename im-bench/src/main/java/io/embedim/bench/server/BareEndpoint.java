package io.embedim.bench.server;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/** The least that an endpoint can be: it knows its session and drops what comes. What a connection costs here is the container's. Public, because containers make it. */
public final class BareEndpoint extends Endpoint {

    @SuppressWarnings("unused") // Kept, because every endpoint that sends has to.
    private @Nullable Session session;

    /** For containers. */
    public BareEndpoint() {}

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxIdleTimeout(-1);
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {});
    }
}
