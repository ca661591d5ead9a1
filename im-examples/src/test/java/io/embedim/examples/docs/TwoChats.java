package io.embedim.examples.docs;

import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Two servers in one application, which know nothing of each other. */
public class TwoChats implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        // tag::two[]
        ServletContext context = event.getServletContext();
        ImEndpointOptions options = ImEndpointOptions.defaults().withCloseServerWithContext(true);

        ImServer staff = ImServer.builder().trustClaims().build();
        ImEndpoints.register(context, "/staff", staff, options);

        ImServer support = ImServer.builder().classicProfile().build();
        ImEndpoints.register(context, "/support", support, options);
        // end::two[]
    }
}
