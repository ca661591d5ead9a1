package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application is deployed and undeployed again and again, with people in it, in a Tomcat that goes on: nothing of it stays. */
@Tag("slow")
class RedeployTest {

    private static final String PLANTED = "planted by the test";

    /** What lies in the application, each with the library that it is from. */
    private static final List<String> LIBRARIES = List.of(
            "io.embedim.ImServer",
            "io.embedim.jakarta.ImEndpoints",
            "tools.jackson.core.json.JsonFactory",
            "jakarta.validation.Validation",
            "org.hibernate.validator.HibernateValidator",
            "org.jboss.logging.Logger",
            "com.fasterxml.classmate.TypeResolver",
            "org.slf4j.Logger",
            "ua_parser.Parser");

    private final Tomcat tomcat = new Tomcat();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        Path inf = directory.resolve("app/WEB-INF");
        for (String library : LIBRARIES) {
            copy(Class.forName(library), inf);
        }
        String file = RedeployedApp.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(RedeployedApp.class.getResourceAsStream("/" + file))) {
            write(in, inf.resolve("classes").resolve(file));
        }
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getHost();
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(PLANTED))
                .forEach(Thread::interrupt);
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void fiftyTimesAndNoThreadAndNoClassLoaderStays() throws Exception {
        for (int i = 0; i < 50; i++) {
            redeploy(null);
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(stayed()).as("class loaders that stay").isLessThanOrEqualTo(1));
        assertThat(loaders).hasSize(50);
        assertThat(threadsOfApplications()).isEmpty();
    }

    @Test
    void aLeakWouldBeFound() throws Exception {
        for (int i = 0; i < 3; i++) {
            redeploy(PLANTED);
        }

        assertThat(stayed()).isEqualTo(3);
        assertThat(threadsOfApplications()).hasSize(3);
    }

    /** Deploys, lets two people talk, undeploys under them. */
    private void redeploy(@Nullable String leak) throws Exception {
        StandardContext context = context(leak);
        tomcat.getHost().addChild(context);
        assertThat(context.getState().isAvailable()).isTrue();
        ClassLoader loader = context.getLoader().getClassLoader();
        loaders.add(new WeakReference<>(loader));
        assertThat(context.getServletContext().getAttribute(RedeployedApp.LOADER))
                .as("the library's class loader")
                .isSameAs(loader)
                .isNotSameAs(ImServer.class.getClassLoader());

        URI uri = URI.create("ws://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/app/im");
        TestClient anne = TestClient.connect(uri);
        TestClient bert = TestClient.connect(uri);
        assertThat(anne.send(frame("join", "anne")).receive()).contains("success");
        assertThat(bert.send(frame("join", "bert")).receive()).contains("success");
        bert.send(frame("speak", "bert"));
        assertThat(anne.receive()).contains("bert[\\u7fa4\\u804a\\u8bf4]");

        tomcat.getHost().removeChild(context);
        assertThat(anne.awaitClose().code()).isEqualTo(4001);
        assertThat(bert.awaitClose().code()).isEqualTo(4001);
    }

    private StandardContext context(@Nullable String leak) {
        StandardContext context = new StandardContext();
        context.setName("/app");
        context.setPath("/app");
        context.setDocBase(directory.resolve("app").toString());
        context.setIgnoreAnnotations(true);
        context.setParentClassLoader(RedeployTest.class.getClassLoader());
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.setConfigured(true);
            }
        });
        context.addServletContainerInitializer(new WsSci(), Set.of());
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        context.addApplicationListener(RedeployedApp.class.getName());
        if (leak != null) {
            context.addParameter(RedeployedApp.LEAK, leak);
        }
        return context;
    }

    private long stayed() {
        System.gc();
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private List<Thread> threadsOfApplications() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("im-")
                        || loaders.stream()
                                .anyMatch(loader -> thread.getContextClassLoader() != null
                                        && thread.getContextClassLoader().equals(loader.get())))
                .toList();
    }

    private static String frame(String event, String user) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"" + user
                + "\",\"from_username\":\"" + user + "\",\"content\":\"c\"}";
    }

    private static void copy(Class<?> of, Path inf) throws IOException, URISyntaxException {
        Path source =
                Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(source)) {
            try (InputStream in = Files.newInputStream(source)) {
                write(in, inf.resolve("lib").resolve(source.getFileName()));
            }
            return;
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("module-info.class"))
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    write(
                            in,
                            inf.resolve("classes")
                                    .resolve(source.relativize(file).toString()));
                }
            }
        }
    }

    private static void write(InputStream in, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(in, to);
    }
}
