package io.embedim.examples.demo;

import io.embedim.ImServer;
import io.embedim.jakarta.AllowedOrigins;
import io.embedim.jakarta.ImEndpointOptions;
import io.embedim.jakarta.ImEndpoints;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The demo as a web application, for any servlet container: the chat, the page, and what the page asks for over HTTP. */
final class DemoApplication implements ServletContainerInitializer, AutoCloseable {

    private final Profile profile;
    private final ImServer server;
    private final Tickets tickets;
    private final Directory directory;
    private final List<ImEndpoints.Registration> endpoints = new CopyOnWriteArrayList<>();

    DemoApplication(Profile profile, ImServer server, Tickets tickets, Directory directory) {
        this.profile = profile;
        this.server = server;
        this.tickets = tickets;
        this.directory = directory;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        // The original's clients connect to the root; there, an upgrade is the chat and a GET is the page.
        for (String path : List.of("/im", "/")) {
            endpoints.add(ImEndpoints.register(context, path, server, endpointOptions()));
        }
        context.addFilter("headers", new HeadersFilter())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        context.addServlet("page", new PageServlet()).addMapping("/");
        context.addServlet("config", new ConfigServlet(profile)).addMapping("/api/config");
        Visitors visitors = new Visitors(profile, tickets);
        context.addServlet("online", new OnlineServlet(directory, visitors)).addMapping("/api/online");
        context.addServlet("members", new MembersServlet(directory, visitors)).addMapping("/api/groups/*");
        if (profile == Profile.SECURE) {
            context.addServlet("login", new LoginServlet(tickets)).addMapping("/api/login");
        }
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
