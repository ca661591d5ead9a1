package io.embedim.examples.embed;

// tag::listener[]
import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.security.Authenticator;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Opens the chat at {@code /im}, for the users that the container has authenticated, and closes it with the application. */
@WebListener
public class ChatListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ImServer server = ImServer.builder()
                .authenticator(Authenticator.containerPrincipal())
                .build();
        ImEndpointOptions options = ImEndpointOptions.defaults().withCloseServerWithContext(true);

        ImEndpoints.register(event.getServletContext(), "/im", server, options);
    }
}
// end::listener[]
