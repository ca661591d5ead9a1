package io.embedim.bench.server;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Embedded Jetty with its EE 10 servlets. */
final class JettyContainer implements Container {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @Override
    public void start(int port, Endpoints endpoints) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        // docs/containers.md, recommended settings.
        FilterHolder upgrades = new FilterHolder(WebSocketUpgradeFilter.class);
        upgrades.setName(WebSocketUpgradeFilter.class.getName());
        upgrades.setInitParameter("outputBufferSize", "32768");
        upgrades.setAsyncSupported(true);
        context.getServletHandler().addFilterWithMapping(upgrades, "/*", EnumSet.of(DispatcherType.REQUEST));
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servletContext, container) -> endpoints.open(servletContext));
        server.setHandler(context);
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }
}
