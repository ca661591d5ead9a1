package io.embedim.war;

// tag::listener[]
import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Opens the chat when the application starts. */
@WebListener
public class ChatListener implements ServletContextListener {

    @Inject
    private ImServer server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ImEndpoints.register(context, "/chat", server);
        // The filter in front of ChatEndpoint.
        ImEndpoints.guard(context, "/annotated", server, ImEndpointOptions.defaults());
    }
}
// end::listener[]
