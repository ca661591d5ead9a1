package io.embedim.jakarta;

import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.security.Credential;

/** Embedded Jetty. */
final class JettyContainer extends WebContainer {

    private static final String ROLE = "user";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SECURITY);

    @Override
    public void start() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new ContextHandlerCollection(context));
        context.addServletContainerInitializer(
                new JakartaWebSocketServletContainerInitializer(), annotated.toArray(Class<?>[]::new));
        initializers.forEach(context::addServletContainerInitializer);
        context.setAttribute(SETUP, setups);
        context.addEventListener(new Listener());
        if (!guarded.isEmpty()) {
            context.setSecurityHandler(login());
        }
        run(server::start);
    }

    private ConstraintSecurityHandler login() {
        UserStore users = new UserStore();
        users.addUser(USER, Credential.getCredential(PASSWORD), new String[] {ROLE});
        HashLoginService service = new HashLoginService("test");
        service.setUserStore(users);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setLoginService(service);
        security.setAuthenticator(new BasicAuthenticator());
        List<ConstraintMapping> mappings = guarded.stream()
                .map(path -> {
                    ConstraintMapping mapping = new ConstraintMapping();
                    mapping.setPathSpec(path);
                    mapping.setConstraint(Constraint.from(ROLE));
                    return mapping;
                })
                .toList();
        security.setConstraintMappings(mappings);
        return security;
    }

    @Override
    public void undeploy() {
        run(context::stop);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        run(server::stop);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Jetty, embedded. */
    static final class Kind implements Container.Kind {
        @Override
        public SendPath sendPath() {
            return SendPath.ALONE_OR_IN_BURSTS;
        }

        @Override
        public Container create() {
            return new JettyContainer();
        }
    }
}
