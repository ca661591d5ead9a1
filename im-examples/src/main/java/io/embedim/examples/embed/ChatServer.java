package io.embedim.examples.embed;

// tag::server[]
import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.security.Authenticator;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server behind {@link ChatEndpoint}, for an application without CDI. A static field is one for each web application here, because each has a class loader of its own.
 */
@WebListener
public class ChatServer implements ServletContextListener {

    private static final AtomicReference<@Nullable ImServer> CURRENT = new AtomicReference<>();

    static ImServer current() {
        ImServer server = CURRENT.get();
        if (server == null) {
            throw new IllegalStateException("the application has not started, or has ended");
        }
        return server;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ImServer server = ImServer.builder()
                .authenticator(Authenticator.containerPrincipal())
                .build();
        CURRENT.set(server);
        // With this, a client that is nobody gets the status 401. At the end the others hear 4001, or 1001 where the
        // container is quicker.
        ImEndpointOptions options = ImEndpointOptions.defaults().withCloseServerWithContext(true);
        ImEndpoints.guard(event.getServletContext(), "/im", server, options);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        CURRENT.set(null);
    }
}
// end::server[]
