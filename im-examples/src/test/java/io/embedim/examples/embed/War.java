package io.embedim.examples.embed;

import io.embedim.jakarta.ImEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** A Tomcat as applications find it: it unfolds a web application, scans its classes, and asks users for a password. */
final class War implements AutoCloseable {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection><web-resource-name>all</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection>
                %s
              </security-constraint>
              <login-config><auth-method>BASIC</auth-method></login-config>
              <security-role><role-name>user</role-name></security-role>
            </web-app>
            """;

    private static final String USERS_ONLY = "<auth-constraint><role-name>user</role-name></auth-constraint>";

    private final Tomcat tomcat = new Tomcat();
    private final Path webapp;

    private War(Path directory) throws IOException {
        webapp = Files.createDirectories(directory.resolve("chat"));
        Files.createDirectories(directory.resolve("webapps"));
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
    }

    /** Starts a web application at {@code /chat} with these classes in it and, as in life, the library beside them. */
    static War start(Path directory, boolean usersOnly, Class<?>... classes) throws IOException, LifecycleException {
        War war = new War(directory);
        Path inf = Files.createDirectories(war.webapp.resolve("WEB-INF"));
        Files.writeString(inf.resolve("web.xml"), WEB_XML.formatted(usersOnly ? USERS_ONLY : ""));
        for (Class<?> type : classes) {
            String file = type.getName().replace('.', '/') + ".class";
            Path target = inf.resolve("classes").resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream in = type.getResourceAsStream("/" + file)) {
                if (in == null) {
                    throw new IOException("no " + file + " beside " + ImEndpoints.class);
                }
                Files.copy(in, target);
            }
        }
        StandardContext context = new StandardContext();
        context.setPath("/chat");
        context.setDocBase(war.webapp.toString());
        context.addLifecycleListener(new ContextConfig());
        // The classes of the application are scanned; the class path of the tests is long, and no part of it.
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        // The demo's other containers are on it too, and would start in this one.
        context.setContainerSciFilter("^(?!org\\.apache\\.|io\\.embedim\\.)");
        war.tomcat.getHost().addChild(context);
        // What conf/web.xml brings outside of tests: without a servlet behind it, Tomcat runs no filter.
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        war.tomcat.addUser("10086", "secret");
        war.tomcat.addRole("10086", "user");
        war.tomcat.addUser("10000", "secret");
        war.tomcat.addRole("10000", "user");
        war.tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the web application did not start");
        }
        return war;
    }

    String url() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/chat/im";
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
