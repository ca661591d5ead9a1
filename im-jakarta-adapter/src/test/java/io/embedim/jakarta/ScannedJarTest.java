package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application with our jar in WEB-INF/lib, scanned by the container as in production. */
class ScannedJarTest {

    @TempDir
    private Path base;

    @Test
    void theJarAloneOpensNoEndpoint() throws Exception {
        jar("embedim", classesOf(ImEndpoints.class));

        int status = statusOf("/annotated");

        assertThat(status).isEqualTo(404);
    }

    /** Shows that the scan is a real one. */
    @Test
    void anAnnotatedClassBesideTheJarOpensOne() throws Exception {
        jar("embedim", classesOf(ImEndpoints.class));
        jar("application", classesOf(AnnotatedChat.class));

        int status = statusOf("/annotated");

        assertThat(status).isEqualTo(101);
    }

    @Test
    void noClassOfTheJarIsAnEndpoint() throws Exception {
        Path classes = classesOf(ImEndpoints.class);
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> names = files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace('/', '.'))
                    .filter(name -> !name.equals("module-info") && !name.endsWith("package-info"))
                    .toList();

            assertThat(names).contains("io.embedim.jakarta.AbstractImEndpoint");
            for (String name : names) {
                assertThat(Class.forName(name).getAnnotation(ServerEndpoint.class))
                        .as(name)
                        .isNull();
            }
        }
    }

    @SuppressWarnings("deprecation") // As in TomcatContainer.
    private int statusOf(String path) throws IOException, LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.resolve("tomcat").toString());
        tomcat.setPort(0);
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setDocBase(Files.createDirectories(base.resolve("war")).toString());
        context.setIgnoreAnnotations(true);
        context.setParentClassLoader(getClass().getClassLoader());
        // WEB-INF/lib alone: the class path of this test has a second WebSocket container.
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(Constants.NoDefaultWebXml);
        context.addLifecycleListener(config);
        tomcat.getHost().addChild(context);
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        tomcat.start();
        try {
            assertThat(context.getState().isAvailable()).isTrue();
            String uri = "ws://localhost:" + tomcat.getConnector().getLocalPort() + path;
            return TestClient.status(URI.create(uri), Map.of());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private void jar(String name, Path classes) throws IOException {
        Path lib = Files.createDirectories(base.resolve("war/WEB-INF/lib"));
        try (OutputStream file = Files.newOutputStream(lib.resolve(name + ".jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> entries = Files.walk(classes)) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                Files.copy(entry, jar);
            }
        }
    }

    private static Path classesOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
