package io.embedim.bench.server;

import baseline.PlainEndpoint;
import io.embedim.ImServer;
import io.embedim.jakarta.AllowedOrigins;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

/** What is measured: {@code /im}, the chat with all its checks, {@code /plain}, the baseline, and {@code /bare}, nothing but the container. */
record Endpoints(ImServer server) {

    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final ImEndpointOptions OPTIONS =
            ImEndpointOptions.defaults().withOrigins(AllowedOrigins.any());

    /** Opens both in a web application that starts. */
    void open(ServletContext context) {
        ImEndpoints.register(context, "/im", server, OPTIONS);
        if (context.getAttribute(CONTAINER) instanceof ServerContainer container) {
            openOthers(container);
        }
    }

    /** Opens both where there are no servlets. */
    void open(ServerContainer container) {
        ImEndpoints.register(container, "/im", server, OPTIONS);
        openOthers(container);
    }

    private static void openOthers(ServerContainer container) {
        try {
            container.addEndpoint(PlainEndpoint.class);
            container.addEndpoint(ServerEndpointConfig.Builder.create(BareEndpoint.class, "/bare")
                    .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException("the container refuses the baselines", e);
        }
    }
}
