package io.embedim.jakarta;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a filter ready that {@link ImEndpoints} can put in front of a path later, when the servlet API does not allow to add one any more. As long as no path is named, the filter
 * is in front of nothing. Containers find this class in the jar; applications need not know it.
 */
public final class ImInitializer implements ServletContainerInitializer {

    /** For the container. */
    public ImInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        Registrations registrations = Registrations.in(context);
        context.addListener(new ServletContextListener() {
            @Override
            public void contextDestroyed(ServletContextEvent event) {
                registrations.close();
            }
        });
    }
}
