package io.embedim.examples.demo;

import io.embedim.ImServer;
import io.embedim.jakarta.AllowedOrigins;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The demo as a web application, for any container: the chat, the page, and what the page asks for over HTTP. */
final class DemoApplication implements ServletContainerInitializer, AutoCloseable {

    /** The original's clients connect to the root; there, an upgrade is the chat and a GET is the page. */
    private static final List<String> PATHS = List.of("/im", "/");

    private final Profile profile;
    private final ImServer server;
    private final Site site;
    private final List<ImEndpoints.Registration> endpoints = new CopyOnWriteArrayList<>();

    DemoApplication(Profile profile, ImServer server, Site site) {
        this.profile = profile;
        this.server = server;
        this.site = site;
    }

    /** In a servlet container. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        for (String path : PATHS) {
            endpoints.add(ImEndpoints.register(context, path, server, endpointOptions()));
        }
        context.addServlet("site", new SiteServlet(site)).addMapping("/");
    }

    /** Where there are no servlets; the container has to serve {@link #site()} by other means. */
    void open(ServerContainer container) {
        for (String path : PATHS) {
            endpoints.add(ImEndpoints.register(container, path, server, endpointOptions()));
        }
    }

    Site site() {
        return site;
    }

    /** In classic no cookie and no login says who a client is, so a foreign page can do nothing that its owner could not do without one. */
    private ImEndpointOptions endpointOptions() {
        return profile == Profile.CLASSIC
                ? ImEndpointOptions.defaults().withOrigins(AllowedOrigins.any())
                : ImEndpointOptions.defaults();
    }

    /** Tells all clients that the server goes away. */
    @Override
    public void close() {
        endpoints.forEach(ImEndpoints.Registration::close);
    }
}
