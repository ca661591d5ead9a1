package io.embedim.examples.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/** The demo's default container: Tomcat, without any scan of jars, so that it starts at once. */
final class TomcatContainer implements DemoContainer {

    private final Tomcat tomcat = new Tomcat();
    private @Nullable Path base;

    @Override
    public void start(DemoOptions options, DemoApplication application) throws UsageException {
        base = temporaryDirectory();
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector(options));
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(application, null);
        tomcat.getHost().getPipeline().addValve(plainErrors());
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            close();
            throw Listening.failure(options, e);
        }
        if (!context.getState().isAvailable()) {
            close();
            throw new IllegalStateException("Tomcat did not start the demo's web application");
        }
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
            throw new IllegalStateException("Tomcat did not stop", e);
        } finally {
            delete(base);
            base = null;
        }
    }

    private static Connector connector(DemoOptions options) throws UsageException {
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("address", Listening.address(options).getHostAddress());
        connector.setPort(options.port());
        connector.setThrowOnFailure(true);
        connector.setProperty("maxConnections", "50000");
        return connector;
    }

    /** A status without a page that tells which server this is. */
    private static ErrorReportValve plainErrors() {
        ErrorReportValve valve = new ErrorReportValve();
        valve.setShowReport(false);
        valve.setShowServerInfo(false);
        return valve;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("embedim-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for Tomcat", e);
        }
    }

    private static void delete(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<File> deepestFirst =
                    all.sorted(Comparator.reverseOrder()).map(Path::toFile).toList();
            deepestFirst.forEach(File::deleteOnExit);
            deepestFirst.forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + directory, e);
        }
    }
}
