package io.embedim.jakarta;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Embedded Tomcat; endpoints are registered from a declared listener, as an application does it. */
final class TomcatContainer implements Container {

    private static final String SETUP = "test.setup";

    private final Tomcat tomcat = new Tomcat();
    private final Path base;
    private final Set<Class<?>> annotated = new HashSet<>();
    private final List<Consumer<ServletContext>> setups = new ArrayList<>();
    final StandardContext context;

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

    /** Runs something while the application starts. */
    void onStart(Consumer<ServletContext> setup) {
        setups.add(setup);
    }

    @Override
    public ImEndpoints.Registration register(String path, Core core, ImEndpointOptions options) {
        CompletableFuture<ImEndpoints.Registration> made = new CompletableFuture<>();
        onStart(servletContext -> made.complete(ImEndpoints.register(servletContext, path, core, options)));
        return new ImEndpoints.Registration() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public int connections() {
                return made.join().connections();
            }

            @Override
            public void close() {
                made.join().close();
            }
        };
    }

    @Override
    public void annotated(Class<?> endpoint) {
        annotated.add(endpoint);
    }

    @Override
    public void start() {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application did not start");
        }
    }

    /** Ends the application, and leaves the server running. */
    void undeploy() throws LifecycleException {
        context.stop();
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

    /** Declared by name, so that it has all rights of a listener in web.xml. */
    public static final class Listener implements ServletContextListener {

        @Override
        @SuppressWarnings("unchecked") // Put there by the container above.
        public void contextInitialized(ServletContextEvent event) {
            ServletContext servletContext = event.getServletContext();
            ((List<Consumer<ServletContext>>) servletContext.getAttribute(SETUP))
                    .forEach(setup -> setup.accept(servletContext));
        }
    }
}
