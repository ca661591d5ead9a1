package io.embedim.jakarta;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpointConfig;

/** One path of one application: who stands behind it, under which options, and its connections. */
final class Registered implements ImEndpoints.Registration {

    private final String path;
    private final Core core;
    private final ImEndpointOptions options;
    private final Pipes pipes;

    Registered(String path, Core core, ImEndpointOptions options) {
        if (!path.startsWith("/") || path.contains("{") || path.contains("*")) {
            throw new IllegalArgumentException(
                    "path is '" + path + "'; expected a slash and a fixed path behind it, such as /im");
        }
        this.path = path;
        this.core = core;
        this.options = options;
        this.pipes = new Pipes(path.substring(1), options.standardApiOnly());
    }

    ServerEndpointConfig endpoint() {
        return ServerEndpointConfig.Builder.create(RegisteredEndpoint.class, path)
                .configurator(new Configurator())
                .subprotocols(core.subprotocols())
                .build();
    }

    @Override
    public String path() {
        return path;
    }

    Core core() {
        return core;
    }

    Pipes pipes() {
        return pipes;
    }

    ImEndpointOptions options() {
        return options;
    }

    boolean isClosed() {
        return pipes.isClosed();
    }

    @Override
    public int connections() {
        return pipes.size();
    }

    @Override
    public void close() {
        pipes.close();
        if (options.closeServerWithContext()) {
            core.close();
        }
    }

    private final class Configurator extends ImConfigurator {

        Configurator() {
            super(pipes);
        }

        @Override
        protected AllowedOrigins origins() {
            return options.origins();
        }

        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            Endpoint endpoint = new RegisteredEndpoint(core);
            return endpointClass.cast(endpoint);
        }
    }
}
