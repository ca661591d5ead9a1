package io.embedim.jakarta;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A container with servlets; endpoints are registered from a declared listener, as an application does it. */
abstract class WebContainer implements Container {

    /** The attribute of the servlet context that {@link Listener} expects; its value is {@link #setups}. */
    static final String SETUP = "test.setup";

    final List<Consumer<ServletContext>> setups = new ArrayList<>();
    final Set<Class<?>> annotated = new LinkedHashSet<>();
    final List<ServletContainerInitializer> initializers = new ArrayList<>();
    final List<String> guarded = new ArrayList<>();

    @Override
    public void onStart(Consumer<ServletContext> setup) {
        setups.add(setup);
    }

    @Override
    public void initializer(ServletContainerInitializer initializer) {
        initializers.add(initializer);
    }

    @Override
    public void annotated(Class<?> endpoint) {
        annotated.add(endpoint);
    }

    @Override
    public void requireLogin(String path) {
        guarded.add(path);
    }

    @Override
    public ImEndpoints.Registration register(String path, Core core, ImEndpointOptions options) {
        CompletableFuture<ImEndpoints.Registration> made = new CompletableFuture<>();
        onStart(context -> made.complete(ImEndpoints.register(context, path, core, options)));
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

    /** Public and with a public constructor: containers make it by its name, as one of web.xml. */
    public static final class Listener implements ServletContextListener {

        @Override
        @SuppressWarnings("unchecked") // Put there by a container of this package.
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            ((List<Consumer<ServletContext>>) context.getAttribute(SETUP)).forEach(setup -> setup.accept(context));
        }
    }
}
