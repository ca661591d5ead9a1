package io.embedim.bench.server;

import java.util.Map;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** Tyrus on Grizzly, without servlets. It listens on all addresses; it has no setting for one. */
final class TyrusContainer implements Container {

    private final TyrusServerContainer server =
            (TyrusServerContainer) ServerContainerFactory.createServerContainer(Map.of());

    @Override
    public void start(int port, Endpoints endpoints) throws Exception {
        endpoints.open(server);
        server.start("/", port);
    }

    @Override
    public int port() {
        return server.getPort();
    }
}
