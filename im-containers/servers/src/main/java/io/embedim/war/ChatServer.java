package io.embedim.war;

// tag::server[]
import io.embedim.ImListener;
import io.embedim.ImServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The chat server as a bean: made when somebody first wants it, closed with the application. */
@ApplicationScoped
public class ChatServer {

    /** A singleton, because {@code ImServer} is final: the proxy of an {@code @ApplicationScoped} bean would extend it. */
    @Produces
    @Singleton
    ImServer open(@Any Instance<ImListener> listeners) {
        var builder = ImServer.builder().classicProfile();
        listeners.forEach(builder::listener);
        return builder.build();
    }

    void close(@Disposes ImServer server) {
        server.close();
    }
}
// end::server[]
