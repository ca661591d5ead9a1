package io.embedim.bench.server;

import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Embedded Tomcat. */
final class TomcatContainer implements Container {

    private final Tomcat tomcat = new Tomcat();

    @Override
    public void start(int port, Endpoints endpoints) throws Exception {
        tomcat.setBaseDir(Files.createTempDirectory("embedim-bench-").toString());
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxConnections", "50000");
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        // As docs/containers.md recommends: each connection has both of these, and 8 KiB is far more than a message.
        context.addParameter("org.apache.tomcat.websocket.textBufferSize", "1024");
        context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", "1024");
        context.addServletContainerInitializer(new WsSci(), null);
        ServletContainerInitializer open = (classes, application) -> {
            // Tomcat calls no filter, and so makes no upgrade, where no servlet is mapped.
            application.addServlet("default", DefaultServlet.class).addMapping("/");
            endpoints.open(application);
        };
        context.addServletContainerInitializer(open, null);
        tomcat.start();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }
}
