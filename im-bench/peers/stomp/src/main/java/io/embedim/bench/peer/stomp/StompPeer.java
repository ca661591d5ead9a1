package io.embedim.bench.peer.stomp;

import io.embedim.bench.peer.process.PeerProcess;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Spring's simple broker over STOMP at {@code /ws}, in an embedded Tomcat. Clients send to {@code /topic/…} themselves; nothing of ours is in between. */
public final class StompPeer {

    private StompPeer() {}

    /**
     * Runs it.
     *
     * @param args a port, or nothing
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        PeerProcess.run("stomp", args, StompPeer::start);
    }

    private static int start(int port) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(Files.createTempDirectory("embedim-bench-").toString());
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxConnections", "50000");
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Broker.class);
        Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/");
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("Tomcat did not start Spring's servlet; its log says why");
        }
        return connector.getLocalPort();
    }
}
