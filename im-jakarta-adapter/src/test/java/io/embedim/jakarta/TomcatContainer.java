package io.embedim.jakarta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.apache.tomcat.websocket.server.WsSci;

/** Embedded Tomcat, 10.1 and later. */
final class TomcatContainer extends WebContainer {

    private static final String ROLE = "user";

    private final Tomcat tomcat = new Tomcat();
    private final Path base;
    private final StandardContext context;

    @SuppressWarnings("deprecation") // The replacement wants the mapping percent-encoded, and is younger than 10.1.
    TomcatContainer() {
        try {
            base = Files.createTempDirectory("tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Not tomcat.addContext: that looks for annotations on listeners, for which it needs jakarta.annotation-api.
        context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setDocBase(base.toString());
        context.setIgnoreAnnotations(true);
        context.setParentClassLoader(TomcatContainer.class.getClassLoader());
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.setConfigured(true);
            }
        });
        tomcat.getHost().addChild(context);
        context.addServletContainerInitializer(new WsSci(), annotated);
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.getServletContext().setAttribute(SETUP, setups);
        context.addApplicationListener(Listener.class.getName());
    }

    @Override
    public void start() {
        initializers.forEach(one -> context.addServletContainerInitializer(one, Set.of()));
        if (!guarded.isEmpty()) {
            login();
        }
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application did not start");
        }
    }

    private void login() {
        tomcat.addUser(USER, PASSWORD);
        tomcat.addRole(USER, ROLE);
        context.setLoginConfig(new LoginConfig("BASIC", "test", null, null));
        context.getPipeline().addValve(new BasicAuthenticator());
        SecurityCollection paths = new SecurityCollection();
        guarded.forEach(paths::addPattern);
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addAuthRole(ROLE);
        constraint.addCollection(paths);
        context.addConstraint(constraint);
    }

    @Override
    public void undeploy() {
        try {
            context.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Apache Tomcat, embedded. */
    static final class Kind implements Container.Kind {
        @Override
        public Container create() {
            return new TomcatContainer();
        }

        @Override
        public SendPath sendPath() {
            return SendPath.GATHERED_ENCODED;
        }
    }

    /** The same, without anything that is not in the standard API, and with the small buffers for reading that docs/containers.md recommends. */
    static final class StandardKind implements Container.Kind {
        @Override
        public Container create() {
            TomcatContainer container = new TomcatContainer();
            container.context.addParameter("org.apache.tomcat.websocket.textBufferSize", "1024");
            container.context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", "1024");
            return container;
        }

        @Override
        public ImEndpointOptions options() {
            return ImEndpointOptions.defaults().withStandardApiOnly(true);
        }

        @Override
        public SendPath sendPath() {
            return SendPath.GATHERED;
        }
    }
}
