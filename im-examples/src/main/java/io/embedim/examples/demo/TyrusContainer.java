package io.embedim.examples.demo;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.jspecify.annotations.Nullable;

/** Tyrus on Grizzly, without servlets: Grizzly's own HTTP server has the page. */
final class TyrusContainer implements DemoContainer {

    private static final String ROOT = "/";

    private final HttpServer http = new HttpServer();
    private final Endpoints endpoints = new Endpoints();
    private @Nullable NetworkListener listener;

    @Override
    public void start(DemoOptions options, DemoApplication application) throws UsageException {
        NetworkListener listening =
                new NetworkListener("demo", Listening.address(options).getHostAddress(), options.port());
        listener = listening;
        // Handlers may wait, so they do not run on the threads that select.
        listening.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        // Or Grizzly closes WebSockets as idle HTTP connections.
        listening.getKeepAlive().setIdleTimeoutInSeconds(-1);
        listening.registerAddOn(new WebSocketAddOn(endpoints, ROOT));
        http.addListener(listening);
        http.getServerConfiguration().addHttpHandler(new SiteHandler(application.site()), ROOT);
        try {
            application.open(endpoints);
            endpoints.start(ROOT, options.port());
            http.start();
        } catch (IOException | DeploymentException | RuntimeException e) {
            close();
            throw Listening.failure(options, e);
        }
    }

    @Override
    public int port() {
        NetworkListener listening = listener;
        if (listening == null) {
            throw new IllegalStateException("Grizzly does not listen");
        }
        return listening.getPort();
    }

    @Override
    public void close() {
        endpoints.stop();
        http.shutdownNow();
    }

    /** The container that Tyrus brings for Grizzly opens a port by itself, on all addresses and without anything else on it; this one is only the WebSocket part. */
    private static final class Endpoints extends TyrusServerContainer {

        private final WebSocketEngine engine =
                TyrusWebSocketEngine.builder(this).build();

        Endpoints() {
            super((Set<Class<?>>) null);
        }

        @Override
        public void register(Class<?> endpoint) throws DeploymentException {
            engine.register(endpoint, ROOT);
        }

        @Override
        public void register(ServerEndpointConfig endpoint) throws DeploymentException {
            engine.register(endpoint, ROOT);
        }

        @Override
        public Map<String, Object> getProperties() {
            return Map.of();
        }

        @Override
        public WebSocketEngine getWebSocketEngine() {
            return engine;
        }
    }
}
