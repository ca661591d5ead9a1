package io.embedim.jakarta;

import io.embedim.ImServer;
import io.embedim.model.Heartbeat;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A web application with chat, for {@link RedeployTest}: loaded by a class loader of its own each time, with the library beside it. */
public final class RedeployedApp implements ServletContextListener {

    static final String LOADER = "loader of the library";
    static final String LEAK = "leak";

    /** For Tomcat. */
    public RedeployedApp() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ImServer server = ImServer.builder()
                .classicProfile()
                .attributes(new UserAgentBrowser())
                .heartbeat(Heartbeat.pings(Duration.ofSeconds(1)))
                .build();
        ImEndpoints.register(
                context, "/im", server, ImEndpointOptions.defaults().withCloseServerWithContext(true));
        context.setAttribute(LOADER, ImServer.class.getClassLoader());
        String leak = context.getInitParameter(LEAK);
        if (leak != null) {
            Thread planted = new Thread(RedeployedApp::stay, leak);
            planted.setDaemon(true);
            planted.start();
        }
    }

    private static void stay() {
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
    }
}
