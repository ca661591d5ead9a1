package io.embedim.jakarta;

import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** Tyrus on Grizzly, without a servlet container. */
final class TyrusContainer implements Container {

    private final TyrusServerContainer server =
            (TyrusServerContainer) ServerContainerFactory.createServerContainer(Map.of());

    private final List<ImEndpoints.Registration> registrations = new ArrayList<>();
    private boolean started;

    @Override
    public ImEndpoints.Registration register(String path, Core core, ImEndpointOptions options) {
        ImEndpoints.Registration made = ImEndpoints.register(server, path, core, options);
        registrations.add(made);
        return made;
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
            started = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody closes registrations here but the application itself. */
    @Override
    public void undeploy() {
        registrations.forEach(ImEndpoints.Registration::close);
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        // What never started cannot be stopped.
        if (started) {
            server.stop();
        }
    }

    /** Tyrus on Grizzly, alone. */
    static class Kind implements Container.Kind {
        @Override
        public Container create() {
            return new TyrusContainer();
        }

        @Override
        public boolean hasServlets() {
            return false;
        }

        @Override
        public SendPath sendPath() {
            return SendPath.JOINED;
        }

        @Override
        public boolean cutsOffWhoDoesNotRead() {
            return false;
        }

        @Override
        public boolean opensClosedConnectionsAgain() {
            return true;
        }
    }

    /** The same, without anything that is not in the standard API. */
    static final class StandardKind extends Kind {
        @Override
        public ImEndpointOptions options() {
            return ImEndpointOptions.defaults().withStandardApiOnly(true);
        }

        @Override
        public SendPath sendPath() {
            return SendPath.ONE_BY_ONE;
        }

        @Override
        public boolean batches() {
            return false;
        }
    }
}
