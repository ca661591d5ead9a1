package io.embedim.examples.embed;

// tag::endpoint[]
import io.embedim.ImServer;
import io.embedim.jakarta.AbstractImEndpoint;
import io.embedim.jakarta.ImConfigurator;
import jakarta.websocket.server.ServerEndpoint;

/** The chat at {@code /im} as an annotated endpoint; the container finds it. */
@ServerEndpoint(value = "/im", configurator = ImConfigurator.class)
public class ChatEndpoint extends AbstractImEndpoint {

    @Override
    protected ImServer server() {
        return ChatServer.current();
    }
}
// end::endpoint[]
