package io.embedim.jakarta;

import io.embedim.model.LogText;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is registered in one web application, and the one filter in front of it. */
final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
    private static final String KEY = "io.embedim.jakarta.registrations";
    private static final String FILTER = "io.embedim.handshake";

    private final Map<String, Registered> byPath = new ConcurrentHashMap<>();
    private final FilterRegistration.@Nullable Dynamic filter;

    private Registrations(ServletContext context) {
        this.filter = addFilter(context);
    }

    static Registrations in(ServletContext context) {
        if (context.getAttribute(KEY) instanceof Registrations present) {
            return present;
        }
        Registrations made = new Registrations(context);
        context.setAttribute(KEY, made);
        return made;
    }

    /** Adds a path; true if the filter is in front of it. */
    boolean add(Registered registered) {
        byPath.put(registered.path(), registered);
        if (filter == null) {
            return false;
        }
        // In front of all others: Tomcat makes the upgrade in a filter too, and that one is there first.
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, registered.path());
        return true;
    }

    @Nullable
    Registered find(String path) {
        return byPath.get(path);
    }

    void close() {
        byPath.values().forEach(Registered::close);
    }

    /** Runs something when listeners are told that the application starts; false where it is too late for that. */
    boolean whenStarting(ServletContext context, Runnable task) {
        try {
            context.addListener(new ServletContextListener() {
                @Override
                public void contextInitialized(ServletContextEvent event) {
                    task.run();
                }

                @Override
                public void contextDestroyed(ServletContextEvent event) {
                    close();
                }
            });
            return true;
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            LOG.debug("event=no_listener context={}", LogText.line(context.getContextPath()), LogText.trace(e));
            return false;
        }
    }

    private FilterRegistration.@Nullable Dynamic addFilter(ServletContext context) {
        try {
            FilterRegistration.Dynamic added = context.addFilter(FILTER, new HandshakeFilter(this));
            if (added != null) {
                added.setAsyncSupported(true);
            }
            return added;
        } catch (IllegalStateException | UnsupportedOperationException e) {
            LOG.info(
                    "event=no_handshake_filter context={}; refused clients get no HTTP status, see ImEndpoints",
                    LogText.line(context.getContextPath()));
            return null;
        }
    }
}
