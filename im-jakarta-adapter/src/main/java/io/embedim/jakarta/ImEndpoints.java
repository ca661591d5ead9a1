package io.embedim.jakarta;

import io.embedim.ImServer;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;

/**
 * Opens chat endpoints in a container.
 *
 * <p><b>Where to call it.</b> In {@code contextInitialized} of a {@code ServletContextListener} (from {@code web.xml}, annotated, or given to an embedded container by name), or in a
 * {@code ServletContainerInitializer}:
 *
 * <pre>{@code
 * @WebListener
 * public class Chat implements ServletContextListener {
 *     private final ImServer server = ImServer.builder().authenticator(…).build();
 *
 *     public void contextInitialized(ServletContextEvent event) {
 *         ImEndpoints.register(event.getServletContext(), "/im", server, ImEndpointOptions.defaults().withCloseServerWithContext(true));
 *     }
 * }
 * }</pre>
 *
 * <p>Where the container's WebSocket is not there yet, as in an initializer of Spring Boot, the endpoint is opened when listeners are told that the application starts; if there is no
 * WebSocket by then either, the application does not start.
 *
 * <p><b>The filter.</b> With a servlet context, a filter is put in front of the path. It refuses foreign origins and unknown clients with a real HTTP status before the upgrade, and
 * sees the address of the client. It is added by the call itself, where the servlet API allows that: in a listener that was declared, in an initializer. A listener that was added by a
 * program may add none (Servlet 6.0 section 4.4); there, {@link ImInitializer}, which containers find in this jar, has one ready, which stays without a path, and so without effect,
 * until a call names one. An embedded Tomcat that scans nothing needs {@code context.addServletContainerInitializer(new ImInitializer(), Set.of())} only for such listeners.
 * Where there is no filter, {@code Origin} is checked in the handshake, and refused clients are closed with 4100 after it.
 *
 * <p><b>Lifecycle.</b> The end of the web application closes what is registered in it, by the filter or the initializer; a {@link Registration} does so earlier, or where there is
 * neither. The {@code ImServer} stays with who has made it, unless {@link ImEndpointOptions#withCloseServerWithContext} says otherwise. Several endpoints and several servers in
 * one application are fine.
 */
public final class ImEndpoints {

    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

    private ImEndpoints() {}

    /**
     * Opens an endpoint with the default options.
     *
     * @param context the web application, while it starts
     * @param path a fixed path in it, such as {@code /im}
     * @param server the server behind it
     * @return closes it again
     * @throws IllegalArgumentException if the path is none
     * @throws IllegalStateException if the container has no WebSocket, or refuses the path
     */
    public static Registration register(ServletContext context, String path, ImServer server) {
        return register(context, path, server, ImEndpointOptions.defaults());
    }

    /**
     * Opens an endpoint.
     *
     * @param context the web application, while it starts
     * @param path a fixed path in it, such as {@code /im}
     * @param server the server behind it
     * @param options how
     * @return closes it again
     * @throws IllegalArgumentException if the path is none
     * @throws IllegalStateException if the container has no WebSocket, or refuses the path
     */
    public static Registration register(
            ServletContext context, String path, ImServer server, ImEndpointOptions options) {
        return register(context, path, Core.of(server), options);
    }

    /**
     * Opens an endpoint where there is no servlet context, such as in Tyrus standing alone. There is no filter then.
     *
     * @param container the WebSocket container, before it starts
     * @param path a fixed path, such as {@code /im}
     * @param server the server behind it
     * @param options how
     * @return closes it again; nobody else does
     * @throws IllegalArgumentException if the path is none
     * @throws IllegalStateException if the container refuses the path
     */
    public static Registration register(
            ServerContainer container, String path, ImServer server, ImEndpointOptions options) {
        return register(container, path, Core.of(server), options);
    }

    /**
     * Puts only the filter in front of a path that an {@link AbstractImEndpoint} serves. At the end of the web application its connections are closed with 4001. {@code Origin} must be allowed by the options and by the endpoint's {@link ImConfigurator}.
     *
     * @param context the web application, while it starts
     * @param path the fixed path that stands in {@code @ServerEndpoint}
     * @param server the server that the endpoint names
     * @param options how
     * @return closes the connections that came through the filter, and lets nobody in any more
     * @throws IllegalArgumentException if the path is none
     * @throws IllegalStateException if no filter can be added any more
     */
    public static Registration guard(ServletContext context, String path, ImServer server, ImEndpointOptions options) {
        Registered guarded = new Registered(path, Core.of(server), options);
        if (!Registrations.in(context).add(guarded)) {
            throw new IllegalStateException(
                    "no filter can be added to this web application here; see ImEndpoints for where it can");
        }
        return guarded;
    }

    static Registration register(ServletContext context, String path, Core core, ImEndpointOptions options) {
        Registered registered = new Registered(path, core, options);
        Registrations registrations = Registrations.in(context);
        if (context.getAttribute(CONTAINER) instanceof ServerContainer container) {
            open(container, registered);
        } else if (!registrations.whenStarting(context, () -> open(container(context), registered))) {
            throw noContainer(context);
        }
        registrations.add(registered);
        return registered;
    }

    private static ServerContainer container(ServletContext context) {
        if (context.getAttribute(CONTAINER) instanceof ServerContainer container) {
            return container;
        }
        throw noContainer(context);
    }

    private static IllegalStateException noContainer(ServletContext context) {
        return new IllegalStateException("the web application '" + context.getContextPath()
                + "' has no WebSocket container; expected the attribute " + CONTAINER);
    }

    static Registration register(ServerContainer container, String path, Core core, ImEndpointOptions options) {
        Registered registered = new Registered(path, core, options);
        open(container, registered);
        return registered;
    }

    private static void open(ServerContainer container, Registered registered) {
        try {
            container.addEndpoint(registered.endpoint());
        } catch (DeploymentException e) {
            throw new IllegalStateException("the container refuses an endpoint at " + registered.path(), e);
        }
    }

    /** An open endpoint. Safe for use by any thread. */
    public interface Registration extends AutoCloseable {

        /**
         * Where it is.
         *
         * @return the path in the web application
         */
        String path();

        /**
         * How many connections it has.
         *
         * @return the number, exact when nothing happens at the same time
         */
        int connections();

        /**
         * Closes all its connections with 4001, lets nobody in any more, and ends its threads. Waits at most a few seconds. A second call does nothing.
         */
        @Override
        void close();
    }
}
