package io.embedim.jakarta;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * The handshake of an endpoint: checks {@code Origin}, keeps what the client said, and turns extensions off.
 *
 * <p>For an {@link AbstractImEndpoint}: {@code @ServerEndpoint(value = "/im", configurator = ImConfigurator.class)}. Override {@link #origins()} to allow other pages
 * than those of the same host. The container makes one for each endpoint; used by any thread.
 *
 * <p>No sub-protocol is the classic dialect. Others are those of the endpoint: for a server with {@code v2(…)}, {@code @ServerEndpoint(…, subprotocols = "im.v2")}. A client that
 * offers only unknown ones is let in without one; browsers then give up by themselves, others speak classic.
 */
public class ImConfigurator extends ServerEndpointConfig.Configurator {

    private final Pipes pipes;

    /** For the container. */
    public ImConfigurator() {
        this(new Pipes("endpoint", false));
    }

    ImConfigurator(Pipes pipes) {
        this.pipes = pipes;
    }

    /**
     * From which web pages browsers may connect.
     *
     * @return the rule; the same host, unless overridden
     */
    protected AllowedOrigins origins() {
        return AllowedOrigins.sameHost();
    }

    /** The host is not known here: where it matters, {@link #modifyHandshake} decides. */
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return origins().needsHost() || origins().allows(originHeaderValue, null);
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream().filter(supported::contains).findFirst().orElse("");
    }

    /** None: compression costs Tomcat and Jetty much memory for each connection, and chat messages are short. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Arrival.leave(config, request, origins(), pipes);
    }
}
