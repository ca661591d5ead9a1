package io.embedim.war;

// tag::endpoint[]
import io.embedim.ImServer;
import io.embedim.jakarta.AbstractImEndpoint;
import io.embedim.jakarta.ImConfigurator;
import jakarta.inject.Inject;
import jakarta.websocket.server.ServerEndpoint;

/** The same chat at a second path, as an annotated endpoint. */
@ServerEndpoint(value = "/annotated", configurator = ImConfigurator.class)
public class ChatEndpoint extends AbstractImEndpoint {

    @Inject
    private ImServer server;

    @Override
    protected ImServer server() {
        return server;
    }
}
// end::endpoint[]
