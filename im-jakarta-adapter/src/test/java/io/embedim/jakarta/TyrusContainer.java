package io.embedim.jakarta;

import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** Tyrus on Grizzly, without a servlet container. */
final class TyrusContainer implements Container {

    private final TyrusServerContainer server =
            (TyrusServerContainer) ServerContainerFactory.createServerContainer(Map.of());

    @Override
    public ImEndpoints.Registration register(String path, Core core, ImEndpointOptions options) {
        return ImEndpoints.register(server, path, core, options);
    }

    @Override
    public void annotated(Class<?> endpoint) {
        try {
            server.addEndpoint(endpoint);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        try {
            server.start("/", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.stop();
    }
}
