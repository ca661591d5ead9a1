package io.embedim.examples.spring;

// tag::endpoint[]
import io.embedim.ImServer;
import io.embedim.jakarta.ImEndpoints;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Opens the chat at {@code /im} when the web application starts. */
@Component
class ChatEndpoint implements ServletContextInitializer {

    private final ImServer server;
    private ImEndpoints.@Nullable Registration registration;

    ChatEndpoint(ImServer server) {
        this.server = server;
    }

    @Override
    public void onStartup(ServletContext context) {
        registration = ImEndpoints.register(context, "/im", server);
    }

    /** Before Spring Boot cuts the sockets off, so that clients are told. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        if (registration != null) {
            registration.close();
        }
    }
}
// end::endpoint[]
