package io.embedim.examples.demo;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Undertow. */
final class UndertowContainer implements DemoContainer {

    private @Nullable XnioWorker worker;
    private @Nullable DeploymentManager deployment;
    private @Nullable Undertow undertow;

    @Override
    public void start(DemoOptions options, DemoApplication application) throws UsageException {
        String host = Listening.address(options).getHostAddress();
        try {
            // One for both: Undertow would make its own, and the WebSocket container another one that nobody ends.
            XnioWorker shared = Xnio.getInstance(UndertowContainer.class.getClassLoader())
                    .createWorker(OptionMap.create(Options.THREAD_DAEMON, true));
            worker = shared;
            DeploymentManager manager = Servlets.newContainer().addDeployment(deployment(application, shared));
            deployment = manager;
            manager.deploy();
            Undertow started = Undertow.builder()
                    .setWorker(shared)
                    .addHttpListener(options.port(), host)
                    // Its own limit is 2 MiB, and answered with 500. The site counts by itself.
                    .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                    .setHandler(manager.start())
                    .build();
            undertow = started;
            started.start();
        } catch (IOException | ServletException | RuntimeException e) {
            close();
            throw Listening.failure(options, e);
        }
    }

    private static DeploymentInfo deployment(DemoApplication application, XnioWorker worker) {
        return Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("demo")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo().setWorker(worker))
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        DemoApplication.class, new ImmediateInstanceFactory<>(application), Set.of()));
    }

    @Override
    public int port() {
        Undertow running = undertow;
        if (running != null && running.getListenerInfo().get(0).getAddress() instanceof InetSocketAddress address) {
            return address.getPort();
        }
        throw new IllegalStateException("Undertow does not listen");
    }

    @Override
    public void close() {
        if (undertow != null) {
            undertow.stop();
            undertow = null;
        }
        if (deployment != null) {
            deployment.undeploy();
            deployment = null;
        }
        if (worker != null) {
            worker.shutdownNow();
            worker = null;
        }
    }
}
