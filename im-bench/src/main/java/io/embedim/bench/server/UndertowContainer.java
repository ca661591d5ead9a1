package io.embedim.bench.server;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Embedded Undertow. */
final class UndertowContainer implements Container {

    private @Nullable Undertow undertow;

    @Override
    public void start(int port, Endpoints endpoints) throws Exception {
        ServletContainerInitializer open = (classes, context) -> endpoints.open(context);
        DeploymentInfo application = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("bench")
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        open.getClass(), new ImmediateInstanceFactory<>(open), Set.of()));
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(application);
        manager.deploy();
        Undertow started = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(manager.start())
                .build();
        started.start();
        undertow = started;
    }

    @Override
    public int port() {
        Undertow running = undertow;
        if (running != null && running.getListenerInfo().get(0).getAddress() instanceof InetSocketAddress address) {
            return address.getPort();
        }
        throw new IllegalStateException("Undertow does not listen");
    }
}
