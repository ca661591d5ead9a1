package io.embedim.war.probe;

import io.embedim.jakarta.ImEndpoints;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Opens the endpoints of {@link Servers}. */
@WebListener
public class ProbeListener implements ServletContextListener {

    @Inject
    private Servers servers;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        servers.byPath().forEach((path, server) -> ImEndpoints.register(event.getServletContext(), path, server));
    }
}
