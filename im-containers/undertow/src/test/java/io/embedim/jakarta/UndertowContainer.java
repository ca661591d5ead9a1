package io.embedim.jakarta;

import io.undertow.Undertow;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.WebResourceCollection;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Embedded Undertow. */
final class UndertowContainer extends WebContainer {

    private static final String ROLE = "user";

    private final PathHandler paths = new PathHandler();
    private @Nullable DeploymentManager manager;
    private @Nullable Undertow undertow;

    @Override
    public void start() {
        WebSocketDeploymentInfo webSocket = new WebSocketDeploymentInfo();
        annotated.forEach(webSocket::addEndpoint);
        DeploymentInfo application = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("test")
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, webSocket)
                .addServletContextAttribute(SETUP, setups)
                .addListener(Servlets.listener(Listener.class));
        initializers.forEach(one -> application.addServletContainerInitializer(
                new ServletContainerInitializerInfo(one.getClass(), new ImmediateInstanceFactory<>(one), Set.of())));
        if (!guarded.isEmpty()) {
            login(application);
        }
        DeploymentManager deployed = Servlets.defaultContainer().addDeployment(application);
        deployed.deploy();
        try {
            paths.addPrefixPath("/", deployed.start());
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        manager = deployed;
        Undertow started = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                // It has 8 for each processor; 32 at most wait for an authenticator.
                .setWorkerThreads(64)
                .setHandler(paths)
                .build();
        started.start();
        undertow = started;
    }

    private void login(DeploymentInfo application) {
        application.setLoginConfig(new LoginConfig("BASIC", "test")).setIdentityManager(new OneUser());
        application.addSecurityConstraint(new SecurityConstraint()
                .addRoleAllowed(ROLE)
                .addWebResourceCollection(new WebResourceCollection().addUrlPatterns(guarded)));
    }

    @Override
    public void undeploy() {
        DeploymentManager deployed = manager;
        manager = null;
        if (deployed != null) {
            paths.clearPaths();
            try {
                deployed.stop();
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
            deployed.undeploy();
        }
    }

    @Override
    public int port() {
        return ((InetSocketAddress) Objects.requireNonNull(undertow)
                        .getListenerInfo()
                        .get(0)
                        .getAddress())
                .getPort();
    }

    @Override
    public void close() {
        undeploy();
        Undertow running = undertow;
        undertow = null;
        if (running != null) {
            running.stop();
        }
    }

    /** Knows one user. */
    private static final class OneUser implements IdentityManager {

        @Override
        public Account verify(Account account) {
            return account;
        }

        @Override
        public @Nullable Account verify(String id, Credential credential) {
            boolean right = id.equals(USER)
                    && credential instanceof PasswordCredential password
                    && PASSWORD.equals(new String(password.getPassword()));
            return right ? new User() : null;
        }

        @Override
        public @Nullable Account verify(Credential credential) {
            return null;
        }
    }

    private static final class User implements Account {

        private static final long serialVersionUID = 1;

        @Override
        public Principal getPrincipal() {
            return () -> USER;
        }

        @Override
        public Set<String> getRoles() {
            return Set.of(ROLE);
        }
    }

    /** Undertow, embedded. */
    static final class Kind implements Container.Kind {
        @Override
        public SendPath sendPath() {
            return SendPath.IN_BURSTS;
        }

        @Override
        public Container create() {
            return new UndertowContainer();
        }
    }
}
